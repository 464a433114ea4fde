import Banking
import Domain
import ExactMoney
import Ledger

/// What is to be said after files of banks were matched.
struct BankFindings {
  let payments: BankPayments
  private(set) var findings: FindingLog

  init(_ payments: BankPayments, limit: Int) {
    self.payments = payments
    findings = FindingLog(limit: limit)
  }

  mutating func add(_ finding: Finding) {
    findings.add(finding.code) { finding }
  }

  // MARK: Entries

  mutating func add(_ unknown: UnknownBankItem, file: String) {
    let item = unknown.item
    let id = SafeText.shown(item.detail?.endToEndId ?? "")
    let (code, message) = message(unknown)
    add(finding(code, file, item.detail?.place ?? item.booking.place, value: id, message))
  }

  private func message(_ unknown: UnknownBankItem) -> (FindingCode, String) {
    let item = unknown.item
    let way = item.booking.direction == .debit ? "left the account" : "came in"
    let amount = item.moved ?? item.booking.amount
    let what = "\(amount.text) \(amount.currency.code) \(way) on \(item.booking.day.text)"
    switch unknown.why {
    case .noPayment:
      return (.B626, "\(what), and belongs to no payment that is waited for")
    case .twice(let paymentId):
      return (
        .B628,
        "\(what) for payment \(paymentId), of which the bank has told that before: the payment"
          + " counts once, and this is listed as unknown" + afterReturn(paymentId)
      )
    case .sumTwice(let ids):
      let number = ids.count == 1 ? "payment \(ids[0])" : "\(ids.count) payments, \(ids[0]) first"
      return (
        .B628,
        "\(what), the sum of \(number), that the bank has booked before: if it is no repetition,"
          + " the money has left twice"
      )
    case .partlyTwice(let ids):
      return (
        .B628,
        "\(what), with payment \(ids.joined(separator: ", ")) in it, of which the bank has told that"
          + " before: if it is no repetition, the money has left twice"
      )
    case .notOrdered(let paymentId):
      return (
        .B632,
        "\(what) as payment \(paymentId), whose payment file was not written yet: it counts for no"
          + " payment"
      )
    case .otherDay(let id), .otherAccount(let id), .otherCurrency(let id), .otherAmount(let id):
      let why = misfit(unknown, id)
      return (.B631, "payment \(id) is named, and does not fit: \(what)\(why)")
    }
  }

  /// What it means that a payment left again which came back.
  private func afterReturn(_ paymentId: String) -> String {
    guard let story = payments.stories[paymentId], story.event(.returned) != nil,
      story.hasLeftAgain
    else { return "" }
    return story.putBack.map {
      "; it came back once, and the close of \($0.text) gave it back to the partner, who may have it"
        + " twice"
    } ?? "; it came back once, so that it waits for people and is not paid again"
  }

  /// What of an entry is not that of the payment that it names.
  private func misfit(_ unknown: UnknownBankItem, _ paymentId: String) -> String {
    switch unknown.why {
    case .otherDay:
      let day = payments.payments.first { $0.paymentId == paymentId }?.executionDay
      return day.map { ", and it was to be executed on \($0.text)" } ?? ""
    case .otherAccount: return ", by an account that did not order it"
    case .otherCurrency: return ", and was ordered in another currency"
    case .otherAmount:
      let ordered = payments.stories[paymentId]?.payment.amount
      let paid = ordered.map { ", and \($0.text) \($0.currency.code) were ordered" } ?? ""
      let item = unknown.item
      let moved = item.moved ?? item.booking.amount
      let isLess = ordered.map { moved.minorUnits < $0.minorUnits } ?? false
      let isCharge = item.booking.direction == .debit && isLess
      return paid + (isCharge ? ": charges, most likely" : "")
    case .noPayment, .twice, .sumTwice, .partlyTwice, .notOrdered: return ""
    }
  }

  mutating func add(_ status: BankStatus, file: String) {
    add(
      finding(
        .B626, file, status.place, value: SafeText.shown(status.endToEndId),
        "the bank rejects what is no payment of ours"))
  }

  mutating func add(_ unordered: UnorderedStatus, file: String) {
    let status = unordered.status
    add(
      finding(
        .B632, file, status.place, value: SafeText.shown(status.code),
        "\(status.code) of payment \(unordered.paymentId), whose payment file was not written yet: it"
          + " counts for nothing"))
  }

  // MARK: Payments

  mutating func add(_ status: LedgerPaymentStatus, file: String) {
    guard let story = payments.stories[status.paymentId] else { return }
    contradict(story, finding(.B628, file, BankPlace(line: status.line), ""))
  }

  /// Says of a payment that was rejected, and booked or settled all the same, what that means.
  private mutating func contradict(_ story: LedgerPaymentStory, _ found: Finding) {
    guard story.state == .contradicted else { return }
    let id = story.payment.paymentId
    var said = "the bank has rejected payment \(id) and"
    said += story.event(.booked) == nil ? " calls it settled" : " has booked it"
    if story.event(.returned) != nil {
      said = "payment \(id) left the account more often than it came back"
    }
    let meaning =
      story.putBack.map {
        ": the close of \($0.text) gave the amount back to the partner, who may have it twice"
      } ?? ": nobody can tell whether the partner has the money, and it is not paid again"
    var finding = found
    finding.message = said + meaning
    add(finding)
  }

  mutating func add(_ event: LedgerPaymentEvent, file: String) {
    guard let story = payments.stories[event.paymentId] else { return }
    let place = BankPlace(line: event.line)
    if let moved = event.moved, moved != story.payment.amount {
      add(difference(event, moved, story, finding(.B627, file, place, "")))
    }
    contradict(story, finding(.B628, file, place, ""))
    if event.kind == .booked, payments.isWaiting(event.paymentId) {
      add(
        finding(
          .B632, file, place,
          "payment \(event.paymentId) left the account, and its payment file is not written yet: the"
            + " file will leave it out"))
    }
    guard event.kind != .booked else { return }
    let reason = ReturnReason(event.reason)
    let what = event.kind == .returned ? "came back" : "was not made"
    var shown = finding(
      .B630, file, place,
      "payment \(event.paymentId) of \(story.payment.amount.text)"
        + " \(story.payment.amount.currency.code) \(what): \(reason.text)"
        + (event.information.isEmpty ? "" : ", \"\(event.information)\""))
    shown.participantId = SafeText.shown(story.payment.balance.participantId)
    shown.remedy = reason.remedy
    add(shown)
  }

  private func difference(
    _ event: LedgerPaymentEvent, _ moved: Money, _ story: LedgerPaymentStory, _ finding: Finding
  ) -> Finding {
    let amount = story.payment.amount
    var finding = finding
    finding.message =
      "payment \(event.paymentId): \(amount.text) \(amount.currency.code) was ordered, and"
      + " \(moved.text) \(event.kind == .booked ? "left the account" : "came back"): "
      + BankDifference(event, amount).reason
    return finding
  }

  /// Payments that were to be executed and are in no file of the bank.
  mutating func addMissing(asOf day: Day, after days: Int) {
    for payment in payments.payments where payment.said.state == .open {
      let late = Int(day.number - payment.executionDay.number)
      guard late > days, let story = payments.stories[payment.paymentId] else { continue }
      var shown = Finding(
        .B629, feed: "payments/\(story.payment.period.text)",
        message: "payment \(payment.paymentId) of \(payment.amount.text)"
          + " \(payment.amount.currency.code) was to be executed on \(payment.executionDay.text),"
          + " and \(missing(payment, story)) up to \(day.text)")
      shown.participantId = SafeText.shown(story.payment.balance.participantId)
      add(shown)
    }
  }

  private func missing(_ payment: BankPayment, _ story: LedgerPaymentStory) -> String {
    if !payment.isOrdered { return "its payment file was not written" }
    return story.statuses.last.map {
      "the bank calls it settled (\($0.code)) and shows it on no account"
    } ?? "the bank has told nothing of it"
  }

  private func finding(
    _ code: FindingCode, _ file: String, _ place: BankPlace, value: String = "",
    _ message: String
  ) -> Finding {
    Finding(
      code, feed: file, line: place.line, column: place.column, byteOffset: place.byteOffset,
      value: value, message: message)
  }
}

/// What a bank moved more or less than was ordered, and why most likely.
struct BankDifference {
  /// More than this part of a payment are no charges.
  private static let chargesAtMost: Int128 = 10

  /// Nil where there is none, or nobody can tell.
  let amount: Money?
  let reason: String

  init(_ event: LedgerPaymentEvent, _ ordered: Money) {
    let more = event.moved.flatMap { try? $0.minus(ordered) }
    guard let more, !more.isZero else {
      amount = nil
      reason = ""
      return
    }
    amount = more
    let most = ordered.minorUnits / BankDifference.chargesAtMost
    switch (event.kind, more.isNegative) {
    case (.booked, false) where more.minorUnits > most:
      reason = "more than charges are, as a rule: ask the bank"
    case (.booked, false): reason = "charges of the bank, most likely"
    case (.booked, true): reason = "a part of it, or an order that was changed at the bank"
    case (_, true): reason = "charges of the banks on the way back, most likely"
    case (_, false): reason = "more than was paid: ask the bank"
    }
  }
}
