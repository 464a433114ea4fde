"""Opens report.html in a headless Chromium and uses it as people do.

report_page.py PAGE SEARCH

Prints a JSON object: what the page shows at first, after a search, after sorting, after scrolling, and
without scripts; what the console said; and every address that was asked for. Exit status 77: there is no
Chromium here that starts.
"""

import json
import sys
import time
from pathlib import Path

try:
    from selenium import webdriver
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(77)


def start(scripts=True):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # Root has no sandbox, and a container may have no user namespaces and little shared memory.
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--window-size=1280,900", "--disable-background-networking"]:
        options.add_argument(argument)
    if not scripts:
        setting = "profile.managed_default_content_settings.javascript"
        options.add_experimental_option("prefs", {setting: 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    except WebDriverException as error:
        print(error.msg, file=sys.stderr)
        sys.exit(77)


def shown(driver):
    rows = driver.find_elements(By.CSS_SELECTOR, "#list tbody tr:not(.space)")
    return [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th,td")]
            for row in rows[:12]]


def state(driver):
    script = """
      const list = document.getElementById('list');
      return {
        found: document.getElementById('found').textContent,
        drawn: list.querySelectorAll('tbody tr:not(.space)').length,
        height: list.scrollHeight,
        sorted: Array.from(list.querySelectorAll('th[aria-sort]'))
          .map(h => h.textContent + ' ' + h.getAttribute('aria-sort')),
      };"""
    return {**driver.execute_script(script), "rows": shown(driver)}


def search(driver, text):
    field = driver.find_element(By.ID, "search")
    field.clear()
    field.send_keys(text)
    return state(driver)


def sort(driver, name):
    for button in driver.find_elements(By.CSS_SELECTOR, "#list thead button"):
        if button.text.strip(" ▲▼") == name:
            button.send_keys("\n")  # by keyboard
    return state(driver)


def scrolled_to_end(driver):
    driver.execute_script(
        "const list = document.getElementById('list'); list.scrollTop = list.scrollHeight;")
    time.sleep(0.3)
    rows = driver.find_elements(By.CSS_SELECTOR, "#list tbody tr:not(.space)")
    return [cell.text for cell in rows[-1].find_elements(By.CSS_SELECTOR, "th,td")]


def narrow(driver):
    driver.set_window_size(1024, 900)
    search(driver, "")
    return driver.execute_script("""
      const list = document.getElementById('list');
      const cut = (cell) => cell.scrollWidth > cell.clientWidth;
      const cells = Array.from(list.querySelectorAll('tbody tr:not(.space) > *'));
      return {
        page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        list: list.scrollWidth - list.clientWidth,
        cutNumbers: cells.filter((cell) => cell.className === 'n' && cut(cell)).length,
        unexplained: cells.filter((cell) => cut(cell) && !cell.title).length,
      };""")


def requests(driver):
    found = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found


def main():
    page = Path(sys.argv[1]).resolve().as_uri()
    driver = start()
    driver.get(page)
    result = {"first": state(driver), "title": driver.title}
    result["foreign"] = driver.execute_script(
        "return document.querySelectorAll('img, iframe, object, b, script:not([id]):not(:last-child)')"
        ".length + (window.hacked ? 1000 : 0);")
    result["end"] = scrolled_to_end(driver)
    result["sorted"] = sort(driver, "Paid")
    result["sortedAgain"] = sort(driver, "Paid")
    result["byName"] = sort(driver, "Name")
    result["searched"] = search(driver, sys.argv[2])
    result["nothing"] = search(driver, "no such partner anywhere")["found"]
    result["headings"] = [h.text for h in driver.find_elements(By.CSS_SELECTOR, "h1, h2")]
    result["unscoped"] = driver.execute_script(
        "return document.querySelectorAll('th:not([scope])').length;")
    result["wide"] = driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth;")
    result["narrow"] = narrow(driver)
    result["console"] = [entry["message"] for entry in driver.get_log("browser")]
    result["requests"] = requests(driver)
    driver.quit()
    driver = start(scripts=False)
    driver.get(page)
    result["withoutScripts"] = driver.find_element(By.TAG_NAME, "body").text
    driver.quit()
    json.dump(result, sys.stdout, ensure_ascii=False)


main()
