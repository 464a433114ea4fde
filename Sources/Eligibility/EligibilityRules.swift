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
  ///
  /// - Parameter trace: Told every step, for people who ask why; nil costs nothing.
  package func reasons(
    partner: Int, program: Int, on day: Day, trace: EligibilityTrace? = nil
  ) -> IneligibilityReasons {
    var reasons: IneligibilityReasons = []
    let verdict = evaluate(
      plans[program].eligibility, partner, program, day, skipping: false, trace)
    if verdict?.met == false { reasons.formUnion(verdict?.reasons ?? []) }
    if !profilesCompleted(partner, program, day, trace) { reasons.insert(.profiles) }
    if !isPayable(partner, day, trace) { reasons.insert(.payableFrom) }
    return reasons
  }

  /// Whether the tree without its enrollment leaves is met: who may be invited.
  package func qualifies(partner: Int, program: Int, on day: Day) -> Bool {
    evaluate(plans[program].eligibility, partner, program, day, skipping: true, nil)?.met ?? true
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
    _ tree: EligibilityTree, _ partner: Int, _ program: Int, _ day: Day, skipping: Bool,
    _ trace: EligibilityTrace?
  ) -> Verdict? {
    guard let trace else { return judge(tree, partner, program, day, skipping: skipping, nil) }
    let step = trace.begin(tree)
    let verdict = judge(tree, partner, program, day, skipping: skipping, trace)
    trace.end(step, isMet: verdict?.met)
    return verdict
  }

  private func judge(
    _ tree: EligibilityTree, _ partner: Int, _ program: Int, _ day: Day, skipping: Bool,
    _ trace: EligibilityTrace?
  ) -> Verdict? {
    func applies(_ when: PartnerCondition?) -> Bool {
      when?.matches(registry.partners[partner]) ?? true
    }
    func verdicts(_ parts: [EligibilityTree]) -> [Verdict] {
      parts.compactMap { evaluate($0, partner, program, day, skipping: skipping, trace) }
    }
    switch tree {
    case .all(let parts):
      let failed = verdicts(parts).filter { !$0.met }
      return Verdict(
        met: failed.isEmpty, reasons: failed.reduce(into: []) { $0.formUnion($1.reasons) })
    case .any(let parts):
      let verdicts = verdicts(parts)
      guard !verdicts.isEmpty, !verdicts.contains(where: \.met) else { return Verdict(met: true) }
      return Verdict(met: false, reasons: verdicts.reduce(into: []) { $0.formUnion($1.reasons) })
    case .agreement(let name, let when):
      guard applies(when) else { return nil }
      return Verdict(met: hasAgreement(name, partner, day, trace), reasons: .agreement)
    case .competency(let name, let level, let when):
      guard applies(when) else { return nil }
      return Verdict(met: hasCompetency(name, level, partner, day, trace), reasons: .competency)
    case .enrollment(let when):
      guard applies(when), !skipping else { return nil }
      return Verdict(met: isEnrolled(partner, program, day, trace), reasons: .enrollment)
    }
  }

  // MARK: Leaves

  private func hasAgreement(
    _ name: String, _ partner: Int, _ day: Day, _ trace: EligibilityTrace?
  ) -> Bool {
    func counts(_ agreement: Agreement) -> Bool {
      agreement.name == name && agreement.validity.holds(on: day)
    }
    if let trace {
      for agreement in registry.agreements[partner] where agreement.name == name {
        trace.note(.agreement(agreement), holds: counts(agreement))
      }
    }
    return registry.agreements[partner].contains(where: counts)
  }

  private func hasCompetency(
    _ name: String, _ level: CompetencyLevel, _ partner: Int, _ day: Day,
    _ trace: EligibilityTrace?
  ) -> Bool {
    func counts(_ competency: Competency) -> Bool {
      competency.name == name && competency.level >= level && competency.validity.holds(on: day)
    }
    if let trace {
      for competency in registry.competencies[partner] where competency.name == name {
        trace.note(.competency(competency), holds: counts(competency))
      }
    }
    return registry.competencies[partner].contains(where: counts)
  }

  private func isEnrolled(
    _ partner: Int, _ program: Int, _ day: Day, _ trace: EligibilityTrace?
  ) -> Bool {
    func counts(_ enrollment: Enrollment) -> Bool {
      guard enrollment.program == program, let from = enrollment.enrolledOn else { return false }
      let left = enrollment.status == .inactive || enrollment.status == .discontinued
      if left, enrollment.endsOn == nil { return false }
      return Validity(from: from, to: enrollment.endsOn).holds(on: day)
    }
    if let trace {
      for enrollment in registry.enrollments[partner] where enrollment.program == program {
        trace.note(.enrollment(enrollment), holds: counts(enrollment))
      }
    }
    return registry.enrollments[partner].contains(where: counts)
  }

  private func profilesCompleted(
    _ partner: Int, _ program: Int, _ day: Day, _ trace: EligibilityTrace?
  ) -> Bool {
    func counts(_ completed: Day?) -> Bool { completed.map { $0.firstOfMonth <= day } ?? false }
    let tax = registry.taxProfile(partner: partner, program: program)?.completedOn
    let payment = registry.paymentProfile(partner: partner, program: program)?.completedOn
    let isMet = counts(tax) && counts(payment)
    if let trace {
      let step = trace.begin(.profiles)
      trace.note(.taxProfile(completedOn: tax), holds: counts(tax))
      trace.note(.paymentProfile(completedOn: payment), holds: counts(payment))
      trace.end(step, isMet: isMet)
    }
    return isMet
  }

  private func isPayable(_ partner: Int, _ day: Day, _ trace: EligibilityTrace?) -> Bool {
    let from = registry.partners[partner].payableFrom
    let isMet = from.map { $0 <= day } ?? true
    if let trace {
      let step = trace.begin(.payableFrom)
      trace.note(.payableFrom(from), holds: isMet)
      trace.end(step, isMet: isMet)
    }
    return isMet
  }
}
