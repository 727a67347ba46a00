"""Takes the picture of a crisis report for the manual: `python docs/report_picture.py laporan.html`.

Needs Chromium. The report comes from `tanggap report K-1 --html laporan.html`; page and phone side by side.
"""

import asyncio
import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright

PICTURE = Path(__file__).resolve().parent / "img" / "laporan.png"
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
COLOURS = 255
PAGE = """<body style="margin:0;display:flex;gap:28px;padding:24px;background:#dfe5e7;align-items:flex-start">
<iframe src="{url}" style="width:960px;height:1240px;border:0"></iframe>
<iframe src="{url}" style="width:390px;height:1240px;border:0;border-radius:18px"></iframe></body>"""


async def shoot(both: str, browser_path: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=ARGS)
        page = await browser.new_page(viewport={"width": 1426, "height": 1288})
        await page.goto(both)
        taken = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
        taken.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
        await browser.close()


def main(report: Path) -> None:
    if (browser_path := shutil.which("chromium")) is None:
        raise SystemExit("Chromium is not installed.")
    both = report.resolve().with_suffix(".gambar.html")
    both.write_text(PAGE.format(url=report.resolve().as_uri()), "utf-8")
    asyncio.run(shoot(both.as_uri(), browser_path))
    both.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
