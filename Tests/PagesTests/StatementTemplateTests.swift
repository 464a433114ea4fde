import Documents
import Domain
import Pages
import Testing

@Suite("The page of a workspace's own")
struct StatementTemplateTests {
  @Test("the page that comes with the program is one")
  func builtIn() { _ = StatementTemplate.builtIn() }

  static let faulty: [(text: String, line: Int, column: Int)] = [
    ("<p>\n{{partner.name", 2, 15), ("{{#isDraft}}\n", 2, 1), ("a {{/isDraft}}", 1, 6),
    ("<p>\n  {{partner.nmae}}", 2, 5), ("{{text.titel}}", 1, 3), ("x {{unknown}}", 1, 5),
    ("{{payer.iban}}", 1, 3), ("{{text.more}}", 1, 3),
    // What is left out of a draft is looked at, too.
    ("{{#isFinal}}{{unknown}}{{/isFinal}}", 1, 15), ("a\n{{> part}}", 2, 1), ("a\u{1}b", 1, 2),
    ("{{=<% %>=}}", 1, 1),
    // The library would go on until its stack ends.
    (String(repeating: "{{#isDraft}}", count: 33), 1, 385),
  ]

  @Test("a template with a fault is none, and says where", arguments: faulty)
  func faults(text: String, line: Int, column: Int) throws {
    let fault = try #require(throws: StatementTemplate.Fault.self) {
      try StatementTemplate(text)
    }
    #expect(fault.line == line && fault.column == column, "\(fault.line):\(fault.column)")
    #expect(!fault.message.isEmpty && !fault.remedy.isEmpty)
  }

  @Test("a page has its texts escaped, and knows its state", arguments: [false, true])
  func values(isFinal: Bool) throws {
    let template = try StatementTemplate(
      "{{payer.name}}|{{partner.name}}|{{#isDraft}}D{{/isDraft}}{{#isFinal}}F{{/isFinal}}")
    var payer = Payer()
    payer.name = "A & <B>"
    var fixture = try Fixture()
    fixture.partner.name = "<script>alert('1')</script> & \"C\""
    let page = template.page(
      StatementDesign(), .english, payer: payer, period: try fixture.period, isFinal: isFinal)
    let html = String(decoding: page.html(try fixture.document()), as: UTF8.self)
    #expect(
      html == "A &amp; &lt;B&gt;|&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; "
        + "&quot;C&quot;|\(isFinal ? "F" : "D")")
  }

  @Test("the payer's name and the lines of its address stand each by itself")
  func letterhead() throws {
    var payer = Payer()
    payer.name = "חברה <1>"
    payer.town = "Dublin"
    let fixture = try Fixture()
    let page = StatementTemplate.builtIn().page(
      StatementDesign(), .english, payer: payer, period: try fixture.period, isFinal: false)
    let html = String(decoding: page.html(try fixture.document()), as: UTF8.self)
    #expect(html.contains("<span><bdi>חברה &lt;1&gt;</bdi>, <bdi>Dublin</bdi>"), "\(html)")
  }

  @Test("a workspace's texts, colours, style and picture are on the page")
  func design() throws {
    var design = StatementDesign()
    design.replace(.title, in: .english, by: try #require(StatementPhrase("Commission note")))
    design.accent = StatementDesign.Colour("#7A1F5C")
    design.style = ".mine { color: inherit; }"
    design.logo = .init(kind: .png, bytes: Array("Man".utf8))
    let fixture = try Fixture()
    let page = StatementTemplate.builtIn().page(
      design, .english, payer: Payer(), period: try fixture.period, isFinal: false)
    let html = String(decoding: page.html(try fixture.document()), as: UTF8.self)
    #expect(html.contains("<h1>Commission note "))
    #expect(html.contains("--accent: #7a1f5c;"))
    #expect(html.contains(".mine { color: inherit; }"))
    #expect(html.contains("<img alt=\"\" src=\"data:image/png;base64,TWFu\">"))
  }

  @Test(
    "a colour is # and six hex digits", arguments: ["#12345", "123456", "#12345g", "red", ""])
  func colours(text: String) { #expect(StatementDesign.Colour(text) == nil) }
}
