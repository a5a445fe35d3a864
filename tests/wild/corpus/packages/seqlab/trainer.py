import wandb

wandb.login()


class Trainer:
    def __init__(self, model, opt):
        self.model, self.opt = model, opt

    def fit(self, batches):
        for x, y in batches:
            wandb.log({"loss": self.opt.step(self.model, x, y)})
