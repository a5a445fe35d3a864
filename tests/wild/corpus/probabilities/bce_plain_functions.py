from numpy import log, mean, array

# straight from the lecture notes

def bce(y, y_hat):
    return -mean(y * log(y_hat) + (1 - y) * log(1 - y_hat))

def bce_prime(y, y_hat):
    return ((1 - y) / (1 - y_hat) - y / y_hat) / y.size


def hinge(y, y_hat):
    # y in {-1, 1}, y_hat any number
    return mean((1 - y * y_hat).clip(0))

def hinge_prime(y, y_hat):
    return -y * (y * y_hat < 1) / y.size


if __name__ == '__main__':
    y = array([1, 0, 1.])
    y_hat = array([0.8, 0.3, 0.6])
    print(bce(y, y_hat), bce_prime(y, y_hat))
