import BuiltInTemplates
import Documents
import Domain
import Foundation
import Pages
import TestSupport
import Testing

@Suite("The page of a statement")
struct StatementPageTests {
  @Test("nothing is loaded, nothing runs", arguments: StatementLanguage.allCases)
  func selfContained(language: StatementLanguage) throws {
    let html = try Fixture().html(language)
    for word in ["<script", "href=", "src=", "url(", "@import", "http:", "https:"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(!html.contains(#/\son\w+=/#), "no handlers of events")
    #expect(html.contains("default-src 'none'"))
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
  }

  @Test("headings do not skip a level", arguments: StatementLanguage.allCases)
  func headings(language: StatementLanguage) throws {
    let levels = try Fixture().html(language).matches(of: #/<h([1-6])[ >]/#).map {
      Int($0.1) ?? 0
    }
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
    #expect(levels.count > 8)
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
  }

  @Test("tables have a caption, their headers a scope, and every row as many cells as columns")
  func tables() throws {
    let html = try Fixture().html()
    let tables = html.matches(of: #/(?s)<table.*?</table>/#).map { String($0.0) }
    #expect(tables.count >= 7)
    for table in tables {
      #expect(table.contains(#/^<table[^>]*><caption>[^<]+(<bdi>[^<]+</bdi>)?</caption>/#))
      #expect(!table.contains(#/<th(?![^>]*scope=)[ >]/#), "\(table.prefix(80))")
      let columns = table.matches(of: #/scope="col"/#).count
      for row in table.matches(of: #/(?s)<tr[^>]*>(.*?)</tr>/#) where !row.1.contains("colspan") {
        #expect(row.1.matches(of: #/<t[hd][ >]/#).count == columns, "\(row.1)")
      }
    }
  }

  @Test("what is opened is closed, in order")
  func nesting() throws {
    let html = try Fixture().html()
    let empty: Set = ["meta", "img", "rect", "line"]
    var open: [Substring] = []
    for tag in html.matches(of: #/<(/?)([a-z0-9]+)[^>]*?(/?)>/#) {
      if empty.contains(String(tag.2)) || !tag.3.isEmpty { continue }
      if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
    }
    #expect(open.isEmpty)
  }

  @Test("the chart has its figures as text, and no id stands twice")
  func chart() throws {
    let html = try Fixture().html()
    #expect(
      html.contains(
        "Chart of the balance: CSP Direct: Opening balance EUR\u{A0}−10.00, Earnings "
          + "EUR\u{A0}15.00, Moved to co-op EUR\u{A0}−2.00"))
    let ids = html.matches(of: #/ id="([^"]+)"/#).map(\.1)
    #expect(Set(ids).count == ids.count)
  }

  @Test("hostile and long names stay text; names of any direction stand apart")
  func names() throws {
    var fixture = try Fixture()
    fixture.partner.name = "שלום \u{202E}<b>&amp;" + String(repeating: "x", count: 500)
    fixture.customer = "</td><script>alert(1)</script>\u{7}"
    let html = try fixture.html()
    #expect(!html.contains("<script") && !html.contains("<b>"))
    #expect(html.contains("<bdi>שלום &lt;b&gt;&amp;amp;xxx"))
    #expect(html.contains("xxx…</bdi>") && !html.contains(String(repeating: "x", count: 200)))
    #expect(html.contains("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u{FFFD}"))
  }

  @Test("of thousands of lines as many are shown as the plan says, and the rest is counted")
  func manyLines() throws {
    var fixture = try Fixture()
    fixture.lineCount = 5000
    fixture.statementLines = 25
    let html = try fixture.html()
    #expect(html.matches(of: #/<bdi>E-\d+</bdi>/#).count == 25)
    #expect(html.contains("4,975 more lines are in 0048101.csv."))
    #expect(try fixture.html(.korean).contains("나머지 4,975건은 0048101.csv 파일에 있습니다."))
    #expect(html.utf8.count < 30_000)
  }

  @Test(
    "where the rest of the lines is stands there for one, and for all", arguments: [(2, 3), (0, 3)])
  func hiddenLines(shown: Int, all: Int) throws {
    var fixture = try Fixture()
    fixture.lineCount = all
    fixture.statementLines = shown
    let html = try fixture.html()
    let said =
      shown == 0 ? "All lines (3) are in 0048101.csv." : "1 more line is in 0048101.csv."
    #expect(html.contains("<p class=\"note\">\(said)</p>"))
    // Of what is ineligible, too: there is no table without rows.
    #expect(html.contains("All lines (1) are in 0048101.csv.") == (shown == 0))
    #expect(!html.contains("<tbody></tbody>"))
    let korean = try fixture.html(.korean)
    #expect(
      korean.contains(
        shown == 0 ? "상세 내역 3건은 모두 0048101.csv 파일에 있습니다." : "나머지 1건은 0048101.csv 파일에 있습니다."))
  }

  @Test("an adjustment has an amount, which nobody earned, its reason and its note")
  func adjustment() throws {
    let html = try Fixture().html()
    let table = try #require(html.firstMatch(of: #/(?s)ADJ-1<.*?</tr>/#)).output
    #expect(
      table.contains("<bdi>goodwill</bdi><small><bdi>late &amp; last</bdi></small></td>"),
      "\(table)")
    let heads = #/>Reason</th><th scope="col" class="number">Amount</th>/#
    #expect(html.contains(heads))
    #expect(try Fixture().html(.korean).contains(#/>사유</th><th[^>]*>금액</th>/#))
  }

  @Test("says when it is paid, in a draft what is expected, and nothing where nobody knows it")
  func paymentDate() throws {
    var fixture = try Fixture()
    #expect(try fixture.html().contains("<small>Payment date: not fixed yet</small>"))
    #expect(try !fixture.html().contains("class=\"when\""))
    fixture.paidOn = try day("2026-11-16")
    #expect(
      try fixture.html().contains(
        "<p class=\"when\">Expected payment date: 16 November 2026</p>"))
    fixture.isFinal = true
    #expect(try fixture.html().contains("<p class=\"when\">Payment date: 16 November 2026</p>"))
    #expect(
      try fixture.html(.korean).contains("<p class=\"when\">지급일: 2026년 11월 16일</p>"))
  }

  @Test("text has a contrast of at least 4.5 to 1 on every ground, light, dark and printed")
  func contrast() {
    let css = BuiltInTemplates.statementStyle
    let grounds = css.matches(of: #/(?s):root \{(.*?)\}/#).map { colours(in: $0.1) }
    #expect(grounds.count == 3)
    for colours in grounds {
      for (ink, paper) in [
        ("ink", "paper"), ("ink", "wash"), ("ink", "warn"), ("soft", "paper"), ("soft", "warn"),
      ] {
        let ratio = contrast(colours[ink] ?? 0, colours[paper] ?? 0)
        #expect(ratio >= 4.5, "\(ink) on \(paper): \(ratio)")
      }
    }
  }

  private func colours(in rules: Substring) -> [String: Int] {
    Dictionary(
      uniqueKeysWithValues: rules.matches(of: #/--([a-z-]+): #([0-9a-f]{6});/#).map {
        (String($0.1), Int($0.2, radix: 16) ?? 0)
      })
  }

  /// By WCAG 2.
  private func contrast(_ one: Int, _ other: Int) -> Double {
    let lights = [luminance(one), luminance(other)].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private func luminance(_ colour: Int) -> Double {
    let parts = [16, 8, 0].map { Double(colour >> $0 & 255) / 255 }
    let linear = parts.map { $0 <= 0.03928 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
