import Testing
import XMLStream

@Suite("XML, chunk by chunk")
struct XMLStreamReaderTests {
  private static let names = ["root", "item", "id"]

  /// The leaves of a document as `name=text@line:column`.
  private func leaves(_ document: String, chunk: Int) throws -> [String] {
    let reader = XMLStreamReader(
      names: Self.names, namespace: "urn:t", limits: XMLLimits(depth: 8, value: 1000))
    let bytes = Array(document.utf8)
    var events = XMLEvents()
    var found: [String] = []
    var start = 0
    repeat {
      let end = min(start + chunk, bytes.count)
      try reader.parse(
        bytes.span.extracting(start..<end), isLast: end == bytes.count, into: &events)
      for event in 0..<events.kinds.count where events.kinds[event] == .leaf {
        let value = events.bytes[Int(events.valueStart[event])..<Int(events.valueEnd[event])]
        let name = events.names[event] < 0 ? "?" : Self.names[Int(events.names[event])]
        let text = String(decoding: value, as: UTF8.self)
        found.append("\(name)=\(text)@\(events.line[event]):\(events.column[event])")
      }
      start = end
    } while start < bytes.count
    return found
  }

  @Test("every size of chunk gives the same leaves at the same places")
  func chunks() throws {
    let document = """
      <?xml version="1.0"?>
      <root xmlns="urn:t"><item><id>가&amp;나</id><id/>
        <other>é</other><id><![CDATA[<x>]]></id></item></root>
      """
    let whole = try leaves(document, chunk: document.utf8.count)
    #expect(
      whole == [
        "id=가&나@2:31", "id=@2:50", "?=é@3:10", "id=<x>@3:33",
      ])
    for chunk in 1...64 { #expect(try leaves(document, chunk: chunk) == whole) }
  }

  @Test("a start tag across the border of a slice is no long tag")
  func sliceBorders() throws {
    let rows = (0..<20_000).map { "<item><id>\($0)</id><id>text \($0)</id></item>" }
    let document = "<root xmlns=\"urn:t\">" + rows.joined() + "</root>"
    #expect(try leaves(document, chunk: 1 << 18).count == 40_000)
  }

  @Test(
    "what is no document ends in its fault",
    arguments: [
      ("<!DOCTYPE root><root xmlns=\"urn:t\"/>", XMLFault.Kind.doctype),
      ("<root xmlns=\"urn:t\"><item>", .endsInTheMiddle),
      ("", .endsInTheMiddle),
      (
        "<root xmlns=\"urn:t\">" + String(repeating: "<item>", count: 20),
        .limit("more than 8 levels")
      ),
    ])
  func faults(document: String, kind: XMLFault.Kind) {
    let fault = #expect(throws: XMLFault.self) { try leaves(document, chunk: 1 << 16) }
    #expect(fault?.kind == kind)
  }

  @Test(
    "an unknown entity and a crossed tag are not well-formed", arguments: ["&x;", "<id></item>"])
  func notWellFormed(content: String) {
    let document = "<root xmlns=\"urn:t\"><item>\(content)</item></root>"
    let fault = #expect(throws: XMLFault.self) { try leaves(document, chunk: 1 << 16) }
    guard case .notWellFormed = fault?.kind else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }
}
