import Domain
import Testing
import Workspace

@Suite("payout.yaml")
struct ConfigurationTests {
  @Test(
    "that is wrong says where",
    arguments: [
      ("openPeriod: 2026-13", [Expected(.X905, 1, 13, "openPeriod")]),
      ("rounding: halfEven", [Expected(.X904, 1, 1, "openPeriod")]),
      ("openPeriod: 2026-10\nrounding: halfUp", [Expected(.X905, 2, 11, "rounding")]),
      ("openPeriod: 2026-10\nformats: [csv, docx]", [Expected(.X905, 2, 16, "formats")]),
      (
        "openPeriod: 2026-10\nfeeds: [{profile: canonical}]", [Expected(.X904, 2, 9, "feeds.files")]
      ),
      ("openPeriod: 2026-10\nlimits: {field: 64 kB}", [Expected(.X905, 2, 17, "limits.field")]),
      ("openPeriod: 2026-10\nlimits: {field: 0}", [Expected(.X905, 2, 17, "limits.field")]),
      // 2⁶³ and more is no number here, and no crash.
      (
        "openPeriod: 2026-10\nlimits: {expansion: {bytes: 9999999999999 GiB, "
          + "times: 99999999999999999999}}",
        [
          Expected(.X905, 2, 29, "limits.expansion.bytes"),
          Expected(.X905, 2, 55, "limits.expansion.times"),
        ]
      ),
      (
        "openPeriod: 2026-10\nlimits: {rejectRate: 120%}",
        [Expected(.X911, 2, 22, "limits.rejectRate")]
      ),
      ("openPeriod: 2026-10\nlimit: {}", [Expected(.X903, 2, 1, "limit")]),
      ("openPeriod: 2026-10\npayer: {country: EU}", [Expected(.X905, 2, 18, "payer.country")]),
      ("openPeriod: 2026-10\npayer: {ibn: X}", [Expected(.X903, 2, 9, "payer.ibn")]),
    ])
  func wrong(text: String, expected: [Expected]) {
    let findings = WorkspaceLoader.check(yaml: Array(text.utf8), file: "payout.yaml")
    #expect(findings.map(Expected.init) == expected)
    #expect(findings.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test(
    "has sizes with units and without",
    arguments: [
      ("row: 65536", 65_536), ("row: 64 KiB", 65_536), ("row: 1 MiB", 1_048_576),
      ("columns: 50", 1_048_576),
    ])
  func sizes(limit: String, row: Int) throws {
    var test = TestWorkspace()
    test["payout.yaml"] = "openPeriod: 2026-10\nlimits: {\(limit)}\n"
    let workspace = try #require(try test.load().workspace)
    #expect(workspace.configuration.limits.row == row)
  }

  @Test(
    "has its expansion as a number or in full",
    arguments: [
      ("50", 50, 64 << 30), ("{times: 7, bytes: 2 GiB}", 7, 2 << 30), ("{bytes: 9}", 100, 9),
    ])
  func expansion(text: String, times: Int, bytes: Int) throws {
    var test = TestWorkspace()
    test["payout.yaml"] = "openPeriod: 2026-10\nlimits: {expansion: \(text)}\n"
    let limits = try #require(try test.load().workspace).configuration.limits
    #expect(limits.expansionRatio == times)
    #expect(limits.expansionBytes == bytes)
  }

  @Test(
    "never has the payer's bank details in a finding",
    arguments: [
      "payer: {name: A, iban: SECRET, bic: SECRET, ibann: SECRET}\nopenPeriod: x\n",
      "payer:\n  name: [A]\n  iban: [SECRET]\n  bicc: SECRET\nopenPeriod: x\n",
      "payer:\n  iban:\n    - SECRET\n  name:\n    - x\nopenPeriod: x\n",
      // No YAML at all.
      "openPeriod: 2026-10\npayer: {name: A,\n  iban: SECRET: x]\n",
      "payer: SECRET\n",
    ])
  func secrets(text: String) {
    let findings = WorkspaceLoader.check(yaml: Array(text.utf8), file: "payout.yaml")
    #expect(!findings.isEmpty)
    for finding in findings { #expect(!"\(finding)".contains("SECRET")) }
  }
}
