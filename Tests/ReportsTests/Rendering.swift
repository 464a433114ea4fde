import Domain
import Foundation
import Reports
import TestSupport
import Testing
import XMLStream

/// Renders a report, and checks that it comes in the same bytes whatever the pieces.
func render(
  _ report: FindingReport, as format: FindingFormat, columns: CharacterColumns = CharacterColumns()
) throws -> String {
  var bytes: [UInt8] = []
  try format.write(report, columns: { columns }, to: { bytes += $0 })
  return try #require(String(validating: bytes, as: UTF8.self))
}

/// Renders a report and reads it again as JSON.
func json(
  _ report: FindingReport, as format: FindingFormat, columns: CharacterColumns = CharacterColumns()
) throws -> [String: Any] {
  let text = try render(report, as: format, columns: columns)
  let read = try JSONSerialization.jsonObject(with: Data(text.utf8))
  return try #require(read as? [String: Any])
}

/// An element of a document, read again by libxml2.
struct Element {
  var name: String
  var attributes: [String: String] = [:]
  var text = ""
}

/// Every element of a document in the order in which they open.
func elements(_ document: String) throws -> [Element] {
  let names = [
    "testsuites", "testsuite", "testcase", "failure", "error", "system-out", "name", "tests",
    "failures", "errors", "skipped", "classname", "file", "line", "type", "message",
  ]
  let limits = XMLLimits(depth: 8, value: 1 << 20)
  let reader = XMLStreamReader(names: names, namespace: "", limits: limits)
  var events = XMLEvents()
  try reader.parse(Array(document.utf8).span, isLast: true, into: &events)
  func text(_ start: UInt32, _ end: UInt32) -> String {
    String(decoding: events.bytes[Int(start)..<Int(end)], as: UTF8.self)
  }
  var elements: [Element] = []
  for event in events.kinds.indices {
    let value = text(events.valueStart[event], events.valueEnd[event])
    let known = Int(events.names[event])
    // Attributes stand in no namespace, and their names are as they are written.
    let name = known >= 0 ? names[known] : text(events.nameStart[event], events.nameEnd[event])
    switch events.kinds[event] {
    case .open: elements.append(Element(name: name))
    case .leaf: elements.append(Element(name: name, text: value))
    case .attribute: elements[elements.count - 1].attributes[name] = value
    case .text: if !elements.isEmpty { elements[elements.count - 1].text += value }
    case .close: break
    }
  }
  return elements
}

/// Texts that break what is careless with them.
let hostileTexts = [
  "", "plain", "a,b:c%d\"e'f", "::error::x", "<b>&amp;]]>", "한국어 λ 𝄞", "line\nbreak\r\nand\ttab",
  "\u{1B}[31mred\u{1B}[0m", "\u{202E}evil\u{2066}", "\u{0}\u{7F}\u{85}\u{FFFE}\u{FFFF}", "=1+1",
  "100%0A", "a/b c#d?e", "\\u0041\\",
]

/// A report of some sources with hostile names and findings.
func randomReport(_ generator: inout SeededGenerator) -> FindingReport {
  func text() -> String { hostileTexts.randomElement(using: &generator) ?? "" }
  let sources = (0..<Int.random(in: 0...4, using: &generator)).map { number in
    let name = "\(number)" + text()
    var log = FindingLog(limit: Int.random(in: 0...30, using: &generator))
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      let code = FindingCode.allCases.randomElement(using: &generator) ?? .F101
      log.add(code) {
        var finding = Finding(
          code, feed: name, field: text(), value: text(), message: text(), remedy: text())
        finding.line =
          Bool.random(using: &generator) ? Int.random(in: 1...9, using: &generator) : nil
        finding.column = finding.line.map { _ in Int.random(in: 1...9, using: &generator) }
        finding.byteOffset = finding.line.map { $0 * 100 }
        finding.earningId = text()
        return finding
      }
    }
    return FindingReport.Source(
      name, path: Bool.random(using: &generator) ? "/p/" + name : nil,
      rows: Bool.random(using: &generator) ? 7 : nil, findings: log)
  }
  var report = FindingReport(sources)
  if Int.random(in: 0..<4, using: &generator) == 0 { report.failure = text() }
  return report
}
