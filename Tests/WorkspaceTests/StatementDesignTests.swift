import Documents
import Domain
import Testing
import Workspace

@Suite("How a workspace wants its statements")
struct StatementDesignTests {
  private static let head = "openPeriod: 2026-10\nstatements:\n"

  @Test(
    "what is wrong says where",
    arguments: [
      ("  logos: a.png", Expected(.X903, 3, 3, "statements.logos")),
      ("  logo: ../a.png", Expected(.X905, 3, 9, "statements.logo")),
      ("  logo: /a.png", Expected(.X905, 3, 9, "statements.logo")),
      ("  colours: {accent: red}", Expected(.X905, 3, 21, "statements.colours.accent")),
      ("  colours: {acent: \"#123456\"}", Expected(.X903, 3, 13, "statements.colours.acent")),
      ("  texts: {fr: {title: Relevé}}", Expected(.X903, 3, 11, "statements.texts.fr")),
      ("  texts: {en: {titel: X}}", Expected(.X903, 3, 16, "statements.texts.en.titel")),
      ("  texts: {ko: {title: \"{count}\"}}", Expected(.X905, 3, 23, "statements.texts.ko.title")),
      ("  texts: {en: {more: \"{cuont}\"}}", Expected(.X905, 3, 22, "statements.texts.en.more")),
    ])
  func wrong(text: String, expected: Expected) {
    let findings = WorkspaceLoader.check(yaml: Array((Self.head + text).utf8), file: "payout.yaml")
    #expect(findings.map(Expected.init) == [expected])
    #expect(findings.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test("texts, colours, page, style and logo are taken, and the files are inputs")
  func sound() throws {
    var test = TestWorkspace()
    test["payout.yaml"] =
      Self.head + """
          logo: pictures/logo.png
          colours: {accent: "#7A1F5C"}
          texts: {en: {title: Commission note}, ko: {more: "{file}: {count}"}}

        """
    test.files["pictures/logo.png"] = PictureCheckTests.png
    test["templates/statement.css"] = "main {}"
    test["templates/statement.mustache"] = "{{partner.name}}"
    let (loaded, findings) = try test.load()
    #expect(findings.isEmpty)
    let workspace = try #require(loaded)
    #expect(workspace.design.texts(in: .english).text(.title) == "Commission note")
    #expect(
      workspace.design.texts(in: .korean).text(.more, [.count: "3", .file: "a.csv"]) == "a.csv: 3")
    #expect(workspace.design.accent?.text == "#7a1f5c")
    #expect(workspace.design.logo?.kind == .png)
    #expect(workspace.design.style == "main {}")
    let paths = Set(workspace.inputs.map(\.path))
    #expect(
      paths.isSuperset(of: [
        "pictures/logo.png", "templates/statement.css", "templates/statement.mustache",
      ]))
  }

  @Test(
    "files that cannot be used",
    arguments: [
      ("templates/statement.mustache", "{{#isDraft}}", FindingCode.X905),
      ("templates/statement.css", "</style>", .X905),
      ("templates/statment.css", "", .X908), ("templates/page.mustache", "", .X908),
      ("templates/statement.css", String(repeating: "a", count: (64 << 10) + 1), .X905),
      ("logo.txt", "no picture", .X905), ("logo.txt", "\u{FEFF}<p>no <svg>", .X905),
    ])
  func files(path: String, text: String, code: FindingCode) throws {
    var test = TestWorkspace()
    test[path] = text
    test["payout.yaml"] = "openPeriod: 2026-10\n"
    if path == "logo.txt" { test["payout.yaml"] = Self.head + "  logo: logo.txt\n" }
    let (workspace, findings) = try test.load()
    #expect(workspace == nil)
    #expect(findings.map(\.code) == [code] && findings.map(\.feed) == [path])
  }

  @Test("a logo of which a part is missing says what is wrong", arguments: [20, 50])
  func broken(count: Int) throws {
    var test = TestWorkspace()
    test.files["logo.png"] = Array(PictureCheckTests.png.prefix(count))
    test["payout.yaml"] = Self.head + "  logo: logo.png\n"
    let findings = try test.load().findings
    #expect(findings.map(\.code) == [.X905] && findings.map(\.feed) == ["logo.png"])
    #expect(findings.allSatisfy { $0.message.contains("cannot be shown: it ends too early") })
  }

  @Test("a logo that is missing")
  func missing() throws {
    var test = TestWorkspace()
    test["payout.yaml"] = Self.head + "  logo: logo.png\n"
    #expect(try test.load().findings.map(\.code) == [.X901])
  }
}
