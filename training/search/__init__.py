"""The search for good hyperparameters: many trainings, by any number of processes that see one folder."""
