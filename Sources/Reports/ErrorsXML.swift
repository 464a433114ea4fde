package import Domain
import XMLStream

/// Writes findings as XML by schemas/findings.xsd, with the columns of `errors.csv` as elements.
package struct ErrorsXML {
  private var writer = XMLWriter()

  package init() {
    writer.declaration()
    writer.start("findings", [("xmlns", "urn:payout:findings:1")])
    writer.newline()
  }

  /// Adds a finding; they come by feed, line, column and code.
  package mutating func add(_ finding: Finding) {
    writer.indent(1)
    writer.start(
      "finding", [("code", finding.code.rawValue), ("severity", finding.severity.rawValue)])
    leaf("feed", finding.feed)
    leaf("line", finding.line.map(String.init) ?? "")
    leaf("column", finding.column.map(String.init) ?? "")
    leaf("byteOffset", finding.byteOffset.map(String.init) ?? "")
    leaf("earningId", finding.earningId)
    leaf("participantId", finding.participantId)
    leaf("field", finding.field)
    leaf("value", finding.value)
    leaf("message", finding.message)
    leaf("remedy", finding.remedy)
    writer.end("finding")
    writer.newline()
  }

  /// What has no value has no element.
  private mutating func leaf(_ name: String, _ text: String) {
    if !text.isEmpty { writer.leaf(name, text.utf8.span) }
  }

  /// Ends the document and hands it over.
  package mutating func finish() -> [UInt8] {
    writer.end("findings")
    writer.newline()
    return writer.take()
  }
}
