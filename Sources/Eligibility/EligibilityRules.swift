package import Domain

/// Decides what a partner lacks on a day to earn in a program (docs/rules.md, "Eligibility").
///
/// Pure: the answer depends on nothing but the arguments.
package struct EligibilityRules: Sendable {
  private let registry: Registry
  private let plans: Plans

  package init(registry: Registry, plans: Plans) {
    self.registry = registry
    self.plans = plans
  }

  /// Every reason for which an earning of this day would be ineligible; empty = eligible.
  package func reasons(partner: Int, program: Int, on day: Day) -> IneligibilityReasons {
    var reasons: IneligibilityReasons = []
    let verdict = evaluate(plans[program].eligibility, partner, program, day, skipping: false)
    if verdict?.met == false { reasons.formUnion(verdict?.reasons ?? []) }
    if !profilesCompleted(partner, program, day) { reasons.insert(.profiles) }
    if let from = registry.partners[partner].payableFrom, day < from {
      reasons.insert(.payableFrom)
    }
    return reasons
  }

  /// Whether the tree without its enrollment leaves is met: who may be invited.
  package func qualifies(partner: Int, program: Int, on day: Day) -> Bool {
    evaluate(plans[program].eligibility, partner, program, day, skipping: true)?.met ?? true
  }

  /// The days on which the answer may change, for one partner and program.
  func changes(partner: Int, program: Int) -> [Day] {
    var days: [Day] = []
    func add(_ validity: Validity) {
      days.append(validity.from.firstOfMonth)
      if let to = validity.to { days.append(to.advanced(by: 1)) }
    }
    for agreement in registry.agreements[partner] { add(agreement.validity) }
    for competency in registry.competencies[partner] { add(competency.validity) }
    for enrollment in registry.enrollments[partner] where enrollment.program == program {
      if let from = enrollment.enrolledOn { add(Validity(from: from, to: enrollment.endsOn)) }
    }
    if let day = registry.taxProfile(partner: partner, program: program)?.completedOn {
      days.append(day.firstOfMonth)
    }
    if let day = registry.paymentProfile(partner: partner, program: program)?.completedOn {
      days.append(day.firstOfMonth)
    }
    if let day = registry.partners[partner].payableFrom { days.append(day) }
    return days
  }

  private struct Verdict {
    var met: Bool
    /// Of what fails because of it.
    var reasons: IneligibilityReasons = []
  }

  /// The verdict on a part of the tree, or nil for a part that is left out.
  private func evaluate(
    _ tree: EligibilityTree, _ partner: Int, _ program: Int, _ day: Day, skipping: Bool
  ) -> Verdict? {
    func applies(_ when: PartnerCondition?) -> Bool {
      when?.matches(registry.partners[partner]) ?? true
    }
    switch tree {
    case .all(let parts):
      let verdicts = parts.compactMap { evaluate($0, partner, program, day, skipping: skipping) }
      let failed = verdicts.filter { !$0.met }
      return Verdict(
        met: failed.isEmpty, reasons: failed.reduce(into: []) { $0.formUnion($1.reasons) })
    case .any(let parts):
      let verdicts = parts.compactMap { evaluate($0, partner, program, day, skipping: skipping) }
      guard !verdicts.isEmpty, !verdicts.contains(where: \.met) else { return Verdict(met: true) }
      return Verdict(met: false, reasons: verdicts.reduce(into: []) { $0.formUnion($1.reasons) })
    case .agreement(let name, let when):
      guard applies(when) else { return nil }
      let met = registry.agreements[partner].contains {
        $0.name == name && $0.validity.holds(on: day)
      }
      return Verdict(met: met, reasons: .agreement)
    case .competency(let name, let level, let when):
      guard applies(when) else { return nil }
      let met = registry.competencies[partner].contains {
        $0.name == name && $0.level >= level && $0.validity.holds(on: day)
      }
      return Verdict(met: met, reasons: .competency)
    case .enrollment(let when):
      guard applies(when), !skipping else { return nil }
      return Verdict(met: isEnrolled(partner, program, day), reasons: .enrollment)
    }
  }

  private func isEnrolled(_ partner: Int, _ program: Int, _ day: Day) -> Bool {
    registry.enrollments[partner].contains { enrollment in
      guard enrollment.program == program, let from = enrollment.enrolledOn else { return false }
      let left = enrollment.status == .inactive || enrollment.status == .discontinued
      if left, enrollment.endsOn == nil { return false }
      return Validity(from: from, to: enrollment.endsOn).holds(on: day)
    }
  }

  private func profilesCompleted(_ partner: Int, _ program: Int, _ day: Day) -> Bool {
    let tax = registry.taxProfile(partner: partner, program: program)?.completedOn
    let payment = registry.paymentProfile(partner: partner, program: program)?.completedOn
    guard let tax, let payment else { return false }
    return tax.firstOfMonth <= day && payment.firstOfMonth <= day
  }
}
