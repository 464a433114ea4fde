import Domain
import ExactMoney

/// What withholds a payment on the last day of the period (docs/rules.md, "Gates").
struct Gates {
  let registry: Registry
  let plans: Plans
  let rates: ExchangeRates
  let period: Period
  /// Told the threshold, if anybody wants to know.
  var trace: CalculationTrace?

  /// All reasons that apply; none where nothing is due.
  ///
  /// - Throws: ``MoneyError/overflow``.
  func holds(
    partner: Int, program: Int, available: Money, missingRate: Bool, _ rounding: RoundingMode
  ) throws(MoneyError) -> HoldReasons {
    guard !available.isZero || missingRate else { return [] }
    var holds: HoldReasons = missingRate ? .exchangeRate : []
    if registry.partners[partner].status != .active { holds.insert(.partnerStatus) }
    if needsEnrollment(partner, program) { holds.insert(.enrollment) }
    if !taxProfileHolds(partner, program) { holds.insert(.taxProfile) }
    let profile = registry.paymentProfile(partner: partner, program: program)
    if !canBePaid(profile) { holds.insert(.paymentProfile) }
    if profile?.hold == true { holds.insert(.profileHold) }
    if available.isNegative { holds.insert(.negativeBalance) }
    if available.minorUnits > 0 {
      let threshold = try threshold(plans[program], available.currency, rounding)
      trace?.note(threshold, program: program, currency: available.currency)
      switch threshold {
      case .own(let amount), .converted(let amount, _, _):
        if try available.exact() < amount { holds.insert(.threshold) }
      case .missingRate: holds.insert(.exchangeRate)
      case .none: break
      }
    }
    return holds
  }

  private func needsEnrollment(_ partner: Int, _ program: Int) -> Bool {
    guard plans[program].eligibility.asksForEnrollment(registry.partners[partner]) else {
      return false
    }
    return !registry.enrollments[partner].contains { enrollment in
      guard enrollment.program == program else { return false }
      switch enrollment.status {
      case .enrolled: return true
      case .inactive, .discontinued: return enrollment.endsOn != nil
      case .invited, .actionRequired, .validating: return false
      }
    }
  }

  private func taxProfileHolds(_ partner: Int, _ program: Int) -> Bool {
    guard let profile = registry.taxProfile(partner: partner, program: program),
      profile.status == .valid
    else { return false }
    return profile.expiresOn.map { $0 > period.lastDay } ?? true
  }

  private func canBePaid(_ profile: PaymentProfile?) -> Bool {
    guard let profile, profile.status == .valid else { return false }
    guard profile.method == .bankTransfer else { return true }
    if profile.iban.isEmpty { return !profile.accountNumber.isEmpty }
    return IBAN.hasValidCheckDigits(profile.iban)
  }

  /// What a payment of a plan in a currency has to reach.
  ///
  /// - Throws: ``MoneyError/overflow``.
  func threshold(
    _ plan: Plan, _ currency: Currency, _ rounding: RoundingMode
  ) throws(MoneyError) -> CalculationTrace.Threshold {
    if let own = plan.thresholds[currency] { return .own(own) }
    guard let other = plan.thresholds[plan.currency] else { return .none }
    guard let rate = rates.rate(period, from: plan.currency, to: currency) else {
      return .missingRate
    }
    let amount = try Money(converting: other, at: rate, to: currency, rounding).exact()
    return .converted(amount, from: other, at: rate)
  }
}

extension EligibilityTree {
  /// Whether an enrollment leaf applies to this partner.
  func asksForEnrollment(_ partner: Partner) -> Bool {
    switch self {
    case .all(let parts), .any(let parts):
      parts.contains { $0.asksForEnrollment(partner) }
    case .enrollment(let when): when?.matches(partner) ?? true
    case .agreement, .competency: false
    }
  }
}
