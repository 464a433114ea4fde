package import Domain
package import ExactMoney

/// Writes `report.html`: a period on one page for those who pay, without anything from elsewhere.
///
/// The rows of the register go into the page as they come; what is said about all of them follows.
package struct ReportPage {
  private var html = HTMLText()
  private var rows: ReportRows
  private var histogram = PaymentHistogram()
  private var movements = Movements()
  private let registry: Registry
  private let plans: Plans

  /// - Parameters:
  ///   - statements: The names of the statements by partner; nil where there are none.
  ///   - format: Of the statements that the page leads to.
  package init(
    registry: Registry, plans: Plans, period: Period, statements: [String]?, format: String
  ) {
    self.registry = registry
    self.plans = plans
    rows = ReportRows(registry: registry, plans: plans, statements: statements, format: format)
    let (style, script) = (PackageResources.report_css, PackageResources.report_js)
    html.line("<!DOCTYPE html>")
    html.line("<html lang=\"en\">")
    html.line("<head>")
    html.line("<meta charset=\"utf-8\">")
    html.line(
      "<meta http-equiv=\"Content-Security-Policy\" content=\""
        + "\(ContentPolicy.text(style: style, script: script))\">")
    html.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    html.line("<title>Run report \(period.text)</title>")
    html.raw("<style>")
    html.bytes += style
    html.line("</style>")
    html.line("</head>")
    html.line("<body>")
  }

  /// Adds a row of the register; they come by partner, program and currency.
  ///
  /// - Parameter before: What the balance was paid in the period before; nil where none was closed.
  /// - Throws: ``MoneyError/overflow``.
  package mutating func add(_ settlement: Settlement, before: Money?) throws(MoneyError) {
    try rows.add(settlement, before: before)
    html.bytes += rows.bytes
    rows.bytes.removeAll(keepingCapacity: true)
    if !settlement.paymentId.isEmpty { try histogram.add(settlement.totalPayment) }
    guard let before, before != settlement.totalPayment else { return }
    let partner = registry.partners[settlement.partner]
    movements.add(
      try Movements.Movement(
        participantId: partner.participantId, participantName: partner.name,
        program: plans[settlement.program].program, before: before, now: settlement.totalPayment))
  }

  /// Adds a payment of the period before whose balance has no row in the register any more.
  package mutating func add(_ gone: Movements.Movement) {
    movements.add(gone)
  }

  /// What was written and not taken yet.
  package var bytes: [UInt8] {
    get { html.bytes }
    _modify { yield &html.bytes }
  }

  /// Writes what is said about all rows.
  ///
  /// - Throws: ``MoneyError/overflow``.
  package mutating func finish(
    _ facts: PeriodFacts, _ sums: RegisterSums, _ holds: HoldTable
  ) throws(MoneyError) {
    rows.finish(before: facts.before)
    html.bytes += rows.bytes
    html.line("<header>")
    head(facts)
    html.line("</header>")
    html.line("<main>")
    ReportTotals(facts: facts, sums: sums).writeTiles(&html)
    try ReportTotals(facts: facts, sums: sums).write(&html)
    ReportBuckets(facts: facts).write(&html)
    try ReportProofs(facts: facts, sums: sums).write(&html)
    ReportFeeds(facts: facts).write(&html)
    ReportHolds(holds: holds).write(&html)
    ReportPayments(facts: facts, movements: movements, histogram: histogram).write(&html)
    if let bank = facts.bank { ReportBank(bank: bank).write(&html) }
    ReportPartners(facts: facts, balances: rows.count).write(&html)
    html.line("</main>")
    foot(facts)
    html.raw("<script>")
    html.bytes += PackageResources.report_js
    html.line("</script>")
    html.line("</body>")
    html.line("</html>")
  }

  private mutating func head(_ facts: PeriodFacts) {
    let state = facts.isDraft ? "draft" : "final"
    html.line("<h1>Run report \(facts.period.text)<span class=\"state\">\(state)</span></h1>")
    html.raw("<p class=\"soft\">")
    if !facts.payer.isEmpty {
      html.name(facts.payer)
      html.raw(", ")
    }
    html.raw("as of \(facts.asOf.text). ")
    html.line(
      facts.isDraft
        ? "Nothing of this is posted yet: every run draws it anew until the period is closed.</p>"
        : "The period is closed: this is what was posted and what was issued.</p>")
    html.line("<nav aria-label=\"Sections\"><ul>")
    let bank = facts.bank == nil ? [] : [("bank", "Bank")]
    for (id, name) in [
      ("totals", "Totals"), ("buckets", "Rows"), ("proofs", "Proof"), ("feeds", "Feeds"),
      ("holds", "Holds"), ("payments", "Payments"),
    ] + bank + [("partners", "Partners")] {
      html.line("<li><a href=\"#\(id)\">\(name)</a></li>")
    }
    html.line("</ul></nav>")
  }

  private mutating func foot(_ facts: PeriodFacts) {
    html.line("<footer><p>Beside this page: ")
    for file in facts.files {
      html.raw("<a")
      html.attribute("href", file)
      html.raw(">")
      html.text(file)
      html.line("</a> ")
    }
    html.line("</p></footer>")
  }
}
