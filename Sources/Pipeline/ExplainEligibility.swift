import Domain
import Eligibility
import Workspace

/// Tells leaf by leaf what a partner had and lacked on a day, with the dates compared.
struct ExplainEligibility {
  let workspace: LoadedWorkspace
  let partner: Int
  let program: Int
  let day: Day

  /// What the steps come to, and each of them.
  func section() -> (reasons: IneligibilityReasons, section: Explanation.Section) {
    let trace = EligibilityTrace()
    let rules = EligibilityRules(registry: workspace.registry, plans: workspace.plans)
    let reasons = rules.reasons(partner: partner, program: program, on: day, trace: trace)
    var section = Explanation.Section("eligibility", "Eligibility on \(day.text)")
    section.facts = trace.steps.map(fact)
    return (reasons, section)
  }

  private func fact(_ step: EligibilityTrace.Step) -> Explanation.Fact {
    let (key, label) = name(step.subject)
    let verdict = step.isMet.map { $0 ? "met" : "not met" } ?? "left out"
    let indent = String(repeating: "  ", count: step.depth)
    var notes = step.evidence.map { note($0.0, holds: $0.holds) }
    if step.isMet == false, notes.isEmpty, step.isLeaf { notes = ["the registry has none"] }
    if step.isMet == nil { notes = ["its when does not match the partner"] }
    return .init(
      key, indent + label, verdict, note: notes.isEmpty ? nil : notes.joined(separator: "; "))
  }

  private func name(_ subject: EligibilityTrace.Subject) -> (String, String) {
    switch subject {
    case .tree(.all): ("all", "all of")
    case .tree(.any): ("any", "any of")
    case .tree(.agreement(let name, _)): ("E301", "agreement \(name) (E301)")
    case .tree(.competency(let name, let level, _)):
      ("E302", "competency \(name), \(level) or higher (E302)")
    case .tree(.enrollment): ("E303", "enrollment (E303)")
    case .profiles: ("E304", "tax and payment profile completed (E304)")
    case .payableFrom: ("E305", "payable from (E305)")
    }
  }

  private func note(_ evidence: EligibilityTrace.Evidence, holds: Bool) -> String {
    switch evidence {
    case .agreement(let agreement): validity(agreement.validity, holds)
    case .competency(let competency):
      "\(competency.level), " + validity(competency.validity, holds)
    case .enrollment(let enrollment): text(enrollment, holds)
    case .taxProfile(let completed): text("tax profile", completed, holds)
    case .paymentProfile(let completed): text("payment profile", completed, holds)
    case .payableFrom(let from):
      from.map { "from \($0.text)\(compared(holds, $0))" } ?? "no date: always"
    }
  }

  private func validity(_ validity: Validity, _ holds: Bool) -> String {
    let first = validity.from.firstOfMonth
    let end = validity.to.map(\.text) ?? "open"
    return "\(validity.from.text) to \(end), counts from \(first.text):"
      + (holds ? " holds" : " does not hold") + " on \(day.text)"
  }

  private func text(_ enrollment: Enrollment, _ holds: Bool) -> String {
    guard let from = enrollment.enrolledOn else {
      return "\(enrollment.status.rawValue), not enrolled yet"
    }
    return "\(enrollment.status.rawValue), "
      + validity(Validity(from: from, to: enrollment.endsOn), holds)
  }

  private func text(_ profile: String, _ completed: Day?, _ holds: Bool) -> String {
    guard let completed else { return "\(profile) never completed" }
    return "\(profile) completed \(completed.text), counts from"
      + " \(completed.firstOfMonth.text)\(compared(holds, completed.firstOfMonth))"
  }

  private func compared(_ holds: Bool, _ from: Day) -> String {
    holds ? " ≤ \(day.text)" : " > \(day.text)"
  }
}

extension EligibilityTrace.Step {
  /// Whether it looks at the registry itself.
  fileprivate var isLeaf: Bool {
    switch subject {
    case .tree(.all), .tree(.any): false
    default: true
    }
  }
}
