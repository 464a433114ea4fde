import Domain
import ExactMoney
import Foundation
import Testing
import Workspace

@Suite("A workspace")
struct WorkspaceLoaderTests {
  @Test("without problems is what its files say")
  func sound() throws {
    let (workspace, findings) = try TestWorkspace().load()
    #expect(findings.map(Expected.init) == [])
    let loaded = try #require(workspace)
    #expect(loaded.configuration.openPeriod == Period("2026-10"))
    #expect(loaded.configuration.payer.iban == "IE29AIBK93115212345678")
    #expect(loaded.configuration.rounding == .halfEven)
    #expect(loaded.configuration.formats == ["csv", "html"])
    #expect(loaded.configuration.feeds.map(\.profile) == ["canonical", nil])
    #expect(loaded.configuration.limits.row == 2 << 20)
    #expect(loaded.configuration.limits.rejectRate == ExactRate("0.05"))
    #expect(
      loaded.inputs.map(\.path) == [
        "adjustments.csv", "exchange-rates.csv", "payout.yaml", "plans/csp.yaml",
        "registry/agreements.csv", "registry/competencies.csv", "registry/enrollments.csv",
        "registry/partners.csv", "registry/payment-profiles.csv", "registry/tax-profiles.csv",
        "registry/users.csv",
      ])
  }

  @Test("has its registry by partner, partners by the bytes of their ids")
  func registry() throws {
    let registry = try #require(try TestWorkspace().load().workspace).registry
    #expect(registry.partners.map(\.participantId) == ["A", "B"])
    #expect(registry.partners[0].language == "en")
    #expect(registry.partners[1].name == "Beta, Inc.")
    #expect(registry.partners[1].street == "Main \"St.\" 1")
    #expect(registry.partners[1].status == .suspended)
    #expect(registry.partners[1].payableFrom == Day(year: 2026, month: 7, day: 1))
    #expect(registry.agreements[0].map(\.name) == ["mpn", "reseller"])
    #expect(registry.agreements[1][0].validity.to == Day(year: 2026, month: 12, day: 31))
    #expect(registry.competencies[0].map(\.level) == [.gold, .none])
    #expect(registry.enrollments.map { $0.map(\.status) } == [[.enrolled], [.invited]])
    #expect(registry.taxProfiles[0][0].withholdingRate == ExactRate("0.1"))
    #expect(registry.taxProfiles[0][0].taxId == "DE000000001")
    #expect(registry.paymentProfiles[0].map(\.program) == [0, nil])
    #expect(registry.paymentProfiles[0].map(\.hold) == [true, false])
    #expect(registry.users.map(\.program) == [0])
  }

  @Test("has its plan, rates and adjustments")
  func others() throws {
    let workspace = try #require(try TestWorkspace().load().workspace)
    let plan = workspace.plans[0]
    #expect(plan.levers.map(\.name) == ["Accelerator", "Core", "Credit"])
    #expect(plan.levers.map(\.earningType) == [.coop, .rebate, .fee])
    #expect(plan.defaultLever == 1)
    #expect(plan.disputeDays == 60)
    #expect(plan.split?.coop == ExactRate("40%"))
    #expect(plan.thresholds.count == 2)
    #expect(plan.tolerance == ExactAmount("0.01"))
    #expect(plan.file == "plans/csp.yaml")
    guard case .rates(let rates) = plan.levers[1].rule else {
      Issue.record("Core has rates")
      return
    }
    #expect(rates.map(\.rate.text) == ["0.0475", "0.04"])
    #expect(rates[0].conditions == [WhereClause(field: .solutionArea, value: "Azure")])
    let eur = try #require(Currency("EUR"))
    let usd = try #require(Currency("USD"))
    let october = try #require(Period("2026-10"))
    #expect(workspace.exchangeRates.rate(october, from: usd, to: eur) == ExactRate("0.92"))
    #expect(workspace.adjustments.map(\.amount) == [ExactAmount("-12.345")])
    #expect(workspace.adjustments.map(\.note) == ["one, two"])
  }

  @Test("needs its files, but for rates and adjustments")
  func missing() throws {
    var test = TestWorkspace()
    test.files = ["exchange-rates.csv": [], "plans/b.yml": [], "plans/.a.yaml": []]
    test.files["exchange-rates.csv"] = nil
    let (workspace, findings) = try test.load()
    #expect(workspace == nil)
    #expect(findings.allSatisfy { $0.code == .X901 && !$0.remedy.isEmpty })
    #expect(
      findings.map(\.feed) == [
        "payout.yaml", "plans/b.yml", "registry/agreements.csv", "registry/competencies.csv",
        "registry/enrollments.csv", "registry/partners.csv", "registry/payment-profiles.csv",
        "registry/tax-profiles.csv", "registry/users.csv",
      ])
  }

  @Test("may lack rates and adjustments")
  func optional() throws {
    var test = TestWorkspace()
    test["exchange-rates.csv"] = nil
    test["adjustments.csv"] = nil
    let (workspace, findings) = try test.load()
    #expect(findings.map(Expected.init) == [])
    #expect(workspace?.exchangeRates.entries.count == 0)
  }

  @Test("shows the problems of all its files at once, and none that only follow from others")
  func together() throws {
    var test = TestWorkspace()
    test.replace("2026-10", by: "October", in: "payout.yaml")
    test.replace("currency: USD", by: "currency: usd", in: "plans/csp.yaml")
    // The partner is known all the same, and so is the program.
    test.replace("A,Alpha,directBill", by: "A,Alpha,direct", in: "registry/partners.csv")
    test.replace("gold", by: "golden", in: "registry/competencies.csv")
    test.replace("0.92", by: "0", in: "exchange-rates.csv")
    test.replace("-12.345", by: "-12,345.00", in: "adjustments.csv")
    let findings = try test.load().findings
    #expect(
      findings.map { "\($0.feed) \($0.code.rawValue)" } == [
        "adjustments.csv X902", "exchange-rates.csv X905", "payout.yaml X905",
        "plans/csp.yaml X905", "registry/competencies.csv X905", "registry/partners.csv X905",
      ])
  }

  @Test("whose plan is no YAML does not call the programs of its registry unknown")
  func brokenPlan() throws {
    var test = TestWorkspace()
    test["plans/csp.yaml"] = "program: [CSP"
    #expect(try test.load().findings.map(\.feed) == ["plans/csp.yaml"])
  }

  @Test("whose partners cannot be read does not call every partner unknown")
  func brokenPartners() throws {
    var test = TestWorkspace()
    test.replace("participantId,", by: "id,", in: "registry/partners.csv")
    #expect(
      try test.load().findings.map(Expected.init) == [
        Expected(.X903, 1, 1, "id"), Expected(.X904, 1, 1, "participantId"),
      ])
  }

  @Test("has no two plans with one name, aliases included")
  func planNames() throws {
    var test = TestWorkspace()
    test["plans/other.yaml"] = TestWorkspace.plan
      .replacing("program: CSP Direct", with: "program: CSP 1T")
      .replacing("aliases: [CSP 1T]", with: "aliases: [Other]")
    let findings = try test.load().findings
    #expect(findings.map(Expected.init) == [Expected(.X906, 1, 10, "program")])
    #expect(findings.map(\.feed) == ["plans/other.yaml"])
    #expect(findings.first?.message.contains("plans/csp.yaml:2") == true)
  }

  @Test("is found from any directory in it")
  func locate() throws {
    try TestWorkspace().inDirectory { root in
      let found = try #require(WorkspaceLoader.locate(from: root + "/registry"))
      #expect(WorkspaceLoader.locate(from: root) == found)
      #expect(FileManager.default.fileExists(atPath: found + "/payout.yaml"))
      #expect(WorkspaceLoader.locate(from: root + "/nowhere") == nil)
    }
  }

  @Test("follows links within itself and none that lead out of it", arguments: [false, true])
  func links(isInside: Bool) throws {
    var test = TestWorkspace()
    test["profiles/kept.txt"] = "secret of others\n"
    try test.inDirectory { root in
      let elsewhere = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try Data("secret of others\n".utf8).write(to: elsewhere)
      defer { try? FileManager.default.removeItem(at: elsewhere) }
      let target = isInside ? root + "/profiles/kept.txt" : elsewhere.path
      try FileManager.default.createSymbolicLink(
        atPath: root + "/profiles/mine.yaml", withDestinationPath: target)
      let findings = WorkspaceLoader.load(root: root).findings
      #expect(findings.allSatisfy { $0.feed == "profiles/mine.yaml" })
      let shown = findings.map { $0.message + ($0.excerpt?.text ?? "") }.joined(separator: "\n")
      #expect(shown.contains("secret") == isInside, "\(shown)")
      if !isInside { #expect(findings.map(\.code) == [.X901]) }
    }
  }

  @Test("lets a plan be checked alone")
  func checkPlan() throws {
    try TestWorkspace().inDirectory { root in
      #expect(WorkspaceLoader.checkPlan(path: root + "/plans/csp.yaml") == [])
      // A partner file is no plan.
      let other = WorkspaceLoader.checkPlan(path: root + "/registry/partners.csv")
      #expect(other.isEmpty == false)
      #expect(WorkspaceLoader.checkPlan(path: root + "/none.yaml").map(\.code) == [.X901])
    }
  }
}
