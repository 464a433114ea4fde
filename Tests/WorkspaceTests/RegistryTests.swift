import Domain
import Testing
import Workspace

@Suite("The registry, rates and adjustments")
struct RegistryTests {
  /// A change of a sound file and what comes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var old: String
    var new: String
    var expected: [Expected]
    var testDescription: String { "\(file): \(new)" }

    init(_ file: String, _ old: String, _ new: String, _ expected: Expected...) {
      self.file = file
      self.old = old
      self.new = new
      self.expected = expected
    }
  }

  @Test(
    "say what is wrong with a table",
    arguments: [
      Case("registry/users", "name,", "nmae,", Expected(.X903, 1, 8, "nmae")),
      Case(
        "registry/users", "userId,", "", Expected(.X904, 1, 1, "userId"),
        Expected(.X902, 2, 1, "")),
      Case(
        "registry/users", "name,", "Email,", Expected(.X906, 1, 14, "email"),
        Expected(.X905, 2, 4, "email")),
      Case("registry/users", "Ann,", "\"Ann,", Expected(.X902, 2, 4, "")),
      Case("registry/users", "Ann,", "An\"n,", Expected(.X902, 2, 4, "")),
      Case("registry/users", "Ann,", "An\rn,", Expected(.X902, 2, 4, "")),
      Case("registry/users", "Ann,", "Ann,,", Expected(.X902, 2, 1, "")),
      Case("registry/users", "Ann", "A\u{7}n", Expected(.X905, 2, 4, "name")),
      Case("registry/users", "Ann", "A\u{85}n", Expected(.X905, 2, 4, "name")),
    ])
  func tables(_ test: Case) throws {
    try expectFindings(test)
  }

  @Test(
    "say what is wrong with a value",
    arguments: [
      Case("registry/partners", "A,Alpha", ",Alpha", Expected(.X904, 3, 1, "participantId")),
      Case("registry/partners", "A,Alpha", "A,", Expected(.X904, 3, 3, "name")),
      Case(
        "registry/partners", "A,Alpha", "A,Alpha,directBill,DE,,,,,,\nA,Alpha",
        Expected(.X906, 4, 1, "participantId")),
      Case("registry/partners", "directBill", "DirectBill", Expected(.X905, 3, 9, "role")),
      Case("registry/partners", "DE", "de", Expected(.X905, 3, 20, "country")),
      Case("registry/partners", "DE", "EU", Expected(.X905, 3, 20, "country")),
      Case("registry/partners", "ko,", "ko_KR,", Expected(.X905, 2, 36, "language")),
      Case("registry/partners", "suspended", "paused", Expected(.X905, 2, 39, "status")),
      Case("registry/partners", "2026-07-01", "2026-7-1", Expected(.X905, 2, 49, "payableFrom")),
      // A timestamp is a date of feeds, not of the registry.
      Case(
        "registry/partners", "2026-07-01", "2026-07-01T00:00Z",
        Expected(.X905, 2, 49, "payableFrom")),
      Case("registry/agreements", "B,mpn", "b,mpn", Expected(.X908, 2, 1, "participantId")),
      Case("registry/agreements", "2026-12-31", "2025-12-31", Expected(.X907, 2, 18, "validTo")),
      Case("registry/agreements", "A,reseller", "A,mpn", Expected(.X906, 4, 3, "agreement")),
      Case("registry/competencies", "gold", "Gold", Expected(.X905, 2, 18, "level")),
      Case(
        "registry/competencies", "Security", "Cloud Platform", Expected(.X906, 3, 3, "competency")),
      Case("registry/enrollments", "CSP 1T", "CSP 2T", Expected(.X908, 2, 3, "programName")),
      Case("registry/enrollments", "2025-02-01", "", Expected(.X913, 2, 30, "enrolledOn")),
      Case(
        "registry/enrollments", "2025-02-01,", "2025-02-01,2025-01-31",
        Expected(.X907, 2, 41, "endsOn")),
      // The same program by its name and its alias.
      Case(
        "registry/enrollments", "B,CSP Direct,invited,2025-01-01,,",
        "A,CSP Direct,inactive,,2025-02-01,2026-01-01", Expected(.X906, 3, 3, "programName")),
      Case("registry/users", "ann@alpha.example", "ann", Expected(.X905, 2, 8, "email")),
      Case("registry/users", "CSP 1T", "CSP 9T", Expected(.X908, 2, 44, "programName")),
      Case(
        "registry/users", "A,CSP 1T\n", "A,CSP 1T\nu1,Ann,a@b,incentivesUser,A,CSP Direct\n",
        Expected(.X906, 3, 1, "userId")),
      Case("exchange-rates", "0.92", "92%", Expected(.X905, 2, 17, "rate")),
      Case("exchange-rates", "0.92", "-0.92", Expected(.X905, 2, 17, "rate")),
      Case("exchange-rates", "0.92", "0.1234567890123", Expected(.X905, 2, 17, "rate")),
      Case("exchange-rates", "USD,EUR", "EUR,EUR", Expected(.X905, 2, 13, "to")),
      Case(
        "exchange-rates", "bank\n", "bank\n2026-10,USD,EUR,0.92,bank\n",
        Expected(.X906, 3, 1, "period")),
      Case("exchange-rates", "2026-10", "2026-10-01", Expected(.X905, 2, 1, "period")),
      Case("adjustments", "USD", "usd", Expected(.X905, 2, 24, "currency")),
      Case("adjustments", "GOODWILL", "", Expected(.X904, 2, 36, "reasonCode")),
      Case("adjustments", "-12.345", "1e3", Expected(.X905, 2, 16, "amount")),
      Case(
        "adjustments", ",Ann\n", ",Ann\nADJ-1,B,CSP 1T,1,USD,2026-10,X,,\n",
        Expected(.X906, 3, 1, "adjustmentId")),
    ])
  func values(_ test: Case) throws {
    try expectFindings(test)
  }

  @Test(
    "say what is wrong with a profile without showing it",
    arguments: [
      Case("registry/tax-profiles", "valid", "ok", Expected(.X905, 2, 4, "status")),
      Case(
        "registry/tax-profiles", "2027-02-01", "2025-01-31", Expected(.X907, 2, 21, "expiresOn")),
      Case("registry/tax-profiles", "10%", "101%", Expected(.X911, 2, 44, "withholdingRate")),
      Case("registry/tax-profiles", "0.19", "-0.19", Expected(.X911, 2, 48, "salesTaxRate")),
      Case(
        "registry/tax-profiles", "0.19\n", "0.19\nA,,invalid,,,DE000000001,,\n",
        Expected(.X906, 3, 3, "programName")),
      Case(
        "registry/payment-profiles", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00",
        Expected(.X905, 2, 54, "iban")),
      Case("registry/payment-profiles", "yes", "true", Expected(.X905, 2, 87, "hold")),
      Case("registry/payment-profiles", "EUR", "EURO", Expected(.X905, 2, 44, "currency")),
      Case(
        "registry/payment-profiles", "A,,pending", "A,CSP 1T,pending",
        Expected(.X906, 3, 3, "programName")),
      Case("registry/payment-profiles", "COBADEFF", "COBA\u{1}DEFF", Expected(.X905, 2, 78, "bic")),
      Case("registry/payment-profiles", "COBADEFF", "COBA\"DEFF", Expected(.X902, 2, 78, "")),
    ])
  func secrets(_ test: Case) throws {
    let findings = try expectFindings(test)
    for finding in findings {
      #expect(finding.excerpt == nil)
      for secret in ["DE000000001", "DE89", "COBA", "Alpha"] {
        #expect(!"\(finding)".contains(secret))
      }
    }
  }

  @Test(
    "may be written in other ways",
    arguments: [
      // Header names by any case, blanks and punctuation, in any order, columns with _ left out.
      Case("registry/users", "userId,name,email", "User ID,_note,E-Mail"),
      Case(
        "registry/agreements", "participantId,agreement,validFrom,validTo\n",
        "\u{FEFF}PARTICIPANT_ID,agreement,valid from,valid-to\r\n\r\n"),
      Case("registry/partners", "Alpha", "\"Al\npha\""),
      Case("registry/tax-profiles", "10%,0.19", ","),
    ])
  func otherwise(_ test: Case) throws {
    try expectFindings(test)
  }

  @Test("gives the id of the partner that a row is about")
  func participant() throws {
    var test = TestWorkspace()
    test.replace("gold", by: "Gold", in: "registry/competencies.csv")
    #expect(try test.load().findings.map(\.participantId) == ["A"])
  }

  @Test("lists at most ten thousand problems of a file and says how many more there are")
  func many() throws {
    var test = TestWorkspace()
    test["registry/agreements.csv"] =
      "participantId,agreement,validFrom,validTo\n"
      + String(repeating: "X,mpn,2026-01-01,\n", count: 10_500)
    let findings = try test.load().findings
    #expect(findings.count == 10_001)
    #expect(findings.first?.message.hasPrefix("500 more") == true)
  }

  @discardableResult
  private func expectFindings(_ test: Case) throws -> [Finding] {
    var workspace = TestWorkspace()
    workspace.replace(test.old, by: test.new, in: test.file + ".csv")
    let findings = try workspace.load().findings
    #expect(findings.map(Expected.init) == test.expected)
    #expect(findings.allSatisfy { $0.feed == test.file + ".csv" && !$0.remedy.isEmpty })
    return findings
  }
}
