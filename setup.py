"""The distribution ``chainrule``: the packages keep the short names under which the code is read."""

from pathlib import Path

from setuptools import find_packages, setup

ROOMS = ("layers", "networks", "gradients", "graph", "datasets", "training", "figures")

setup(
    name="chainrule",
    version="0.1.0",
    description="A layer-based neural-network toolkit for learning and teaching backpropagation, in NumPy",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="MIT",
    python_requires=">=3.10",
    packages=find_packages(include=[name for room in ROOMS for name in (room, f"{room}.*")]),
    py_modules=["train", "gradient_check"],
    package_data={"datasets": ["digits.npz"], "figures.report": ["page.html", "*.css", "*.js"]},
    install_requires=["numpy>=1.26", "matplotlib>=3.8", "tqdm>=4.60"],
    extras_require={
        "bench": ["torch==2.13.0", "jax", "scikit-learn"],
        "export": ["onnx", "safetensors"],
        "test": [
            "pytest>=8",
            "pytest-xdist",
            "pytest-randomly",
            "hypothesis",
            "ruff",
            "selenium",
            "setuptools>=77",
            "wheel",
        ],
    },
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Intended Audience :: Education",
        "Programming Language :: Python :: 3",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
    ],
)
