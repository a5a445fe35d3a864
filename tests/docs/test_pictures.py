"""Pictures of the course have Korean words where a font for them is there, and English ones elsewhere."""

import os
import subprocess
import sys

CODE = """
import matplotlib
matplotlib.use("agg")
from matplotlib import font_manager
{before}
from docs.guide.pictures import speak
speak()
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.set_xlabel("samples in a batch")
ax.plot([1, 2], label=f"{{50}} samples a step")
ax.text(0, 0, "total = 715")
fig.canvas.draw()
print(ascii([ax.get_xlabel(), ax.texts[0].get_text(), ax.legend().get_texts()[0].get_text()]))
"""
WITHOUT = "font_manager.fontManager.ttflist = [f for f in font_manager.fontManager.ttflist if 'DejaVu' in f.name]"
WITH = """
from dataclasses import replace
known = font_manager.fontManager.ttflist
known.append(replace(next(font for font in known if font.name == "DejaVu Sans"), name="NanumGothic"))
"""


def words(root, language, before):
    run = [sys.executable, "-c", CODE.format(before=before)]
    environment = {"CHAINRULE_LANG": language, "MPLCONFIGDIR": str(root / ".mplconfig")}
    result = subprocess.run(run, cwd=root, env=os.environ | environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_without_a_font_for_korean_they_stay_english(root, guide):
    english = words(root, "en", "")
    assert "samples in a batch" in english
    assert words(root, "ko", WITHOUT) == english


def test_with_a_font_they_are_korean_and_values_are_put_in(root, guide):
    translation = guide["translation"]
    axis = translation.translations("course/08-affine")["samples in a batch"]
    curve = translation.translations("course/01-what-learning-is")["{0} samples a step"].format(50)
    total = translation.translations("course/05-apple-shop")["total"]
    said = words(root, "ko", WITH)
    assert said == ascii([axis, f"{total} = 715", curve])
