import Banking
import Domain
import ExactMoney
import FinanceReports
import Ledger

extension ReconciliationSummary {
  /// What was issued in a currency, all that became of it taken from it, and what is left.
  func lines(_ currency: Currency) -> [BankFacts.Line] {
    guard let sum = sums[currency] else { return [] }
    let own = payments.filter { $0.story.payment.amount.currency == currency }
    func line(_ name: String, _ age: String, _ count: Int, _ amount: Int128) -> BankFacts.Line {
      BankFacts.Line(
        name: name, age: age, payments: count,
        amount: Money(minorUnits: amount, currency: currency))
    }
    var lines = [line("issued", "", own.count, sum.issued)]
    for state in BankState.allCases where state != .open {
      lines.append(
        line(state.rawValue, "", own.count { $0.state == state }, -(sum.states[state] ?? 0)))
    }
    for age in Age.allCases {
      let count = own.count { $0.state == .open && $0.age == age }
      lines.append(line("open", age.rawValue, count, -(sum.open[age] ?? 0)))
    }
    return lines + [line("rest", "", 0, sum.rest)]
  }

  /// The payments that are open, and those of which banks told in a period.
  func shown(in period: Period) -> [Payment] {
    let own = Set(files.filter { $0.period == period }.map(\.number))
    return payments.filter { payment in
      payment.state == .open || payment.state == .contradicted
        || payment.story.events.contains { own.contains($0.file) }
        || payment.story.statuses.contains { own.contains($0.file) }
    }
  }
}

extension BankFacts {
  /// What banks have told of the payments of earlier periods; nil where no file of a bank was
  /// reconciled yet.
  ///
  /// It is that of the period: drawn again after later periods, it is the same.
  ///
  /// - Throws: ``RunFailure``; ``MoneyError``; ``FileError``; what the ledger throws.
  init?(_ session: PeriodSession) throws {
    let ledger = session.ledger
    guard try ledger.bankFiles().contains(where: { $0.period <= session.period }) else {
      return nil
    }
    let payments = try BankPayments(ledger, session.paths, today: nil, in: session.period)
    self.init(try ReconciliationSummary(ledger, payments), in: session.period)
  }

  private init(_ summary: ReconciliationSummary, in period: Period) {
    self.init(asOf: summary.asOf)
    files = summary.files.count { $0.period == period }
    for currency in summary.sums.keys.sorted() {
      guard let sum = summary.sums[currency] else { continue }
      func money(_ units: Int128) -> Money { Money(minorUnits: units, currency: currency) }
      lines.append((currency, summary.lines(currency)))
      let side = Side(
        moved: money(sum.moved), difference: money(sum.difference),
        booked: money(sum.bookedAndOut - sum.returnedUnbooked), rest: money(sum.bankRest),
        unknown: money(sum.unknown), unknownEntries: sum.unknownEntries)
      sides.append((currency, side))
    }
    self.payments = summary.shown(in: period).map { Payment($0) }
  }
}

extension BankFacts.Payment {
  fileprivate init(_ payment: ReconciliationSummary.Payment) {
    let story = payment.story
    self.init(
      paymentId: story.payment.paymentId, participantId: story.payment.balance.participantId,
      programName: story.payment.balance.program, period: story.payment.period,
      amount: story.payment.amount, executionDay: payment.executionDay,
      state: payment.state.rawValue)
    if payment.state == .open { age = payment.age.rawValue }
    bookedOn = story.event(.booked)?.day
    returnedOn = story.event(.returned)?.day
    putBackIn = story.putBack
    let different = payment.differences.last { $0.amount != nil }
    difference = different?.amount
    let failure = story.event(.returned) ?? story.event(.rejected)
    let returnReason = failure.map { ReturnReason(SafeText.shown($0.reason)) }
    // Once it is booked or has come back that is known anyway.
    let isSettled = payment.state == .open || payment.state == .contradicted
    let settled =
      !isSettled ? nil : story.statuses.last.map { "the bank calls it settled (\($0.code))" }
    let isLate = payment.state == .open && ![.notDue, .days0to5].contains(payment.age)
    let texts = [returnReason?.text, settled, different?.reason].compactMap { $0 }
    reason =
      isLate && texts.isEmpty ? "the bank has told nothing of it" : texts.joined(separator: "; ")
    switch payment.state {
    case .contradicted: remedy = FindingCode.B628.text.remedy
    case .open: remedy = isLate ? FindingCode.B629.text.remedy : ""
    case .booked: remedy = different == nil ? "" : FindingCode.B627.text.remedy
    case .returned, .rejected: remedy = returnReason?.remedy ?? ""
    }
    isForPeople = !remedy.isEmpty
  }
}
