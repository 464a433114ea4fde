package import Domain

/// How an eligibility verdict came about, step by step, for people who ask why.
package final class EligibilityTrace {
  /// What a step decides.
  package enum Subject: Hashable, Sendable {
    /// A part of the plan's tree.
    case tree(EligibilityTree)
    /// E304: both profiles were completed by the month of the day.
    case profiles
    /// E305: the partner had moved onto this system.
    case payableFrom
  }

  /// What the registry has that a step looks at.
  package enum Evidence: Hashable, Sendable {
    case agreement(Agreement)
    case competency(Competency)
    case enrollment(Enrollment)
    /// Nil where there is no profile, or it was never completed.
    case taxProfile(completedOn: Day?)
    case paymentProfile(completedOn: Day?)
    /// Nil where the partner may always be paid.
    case payableFrom(Day?)
  }

  /// One step; those inside an `all` or `any` follow it with a greater depth.
  package struct Step: Sendable {
    package var subject: Subject
    /// 0 for the tree itself, E304 and E305.
    package var depth: Int
    /// Nil for a part that is left out, as its `when` does not match the partner.
    package var isMet: Bool?
    /// What was looked at, and whether it holds on the day.
    package var evidence: [(Evidence, holds: Bool)] = []
  }

  package private(set) var steps: [Step] = []
  private var depth = 0

  package init() {}

  /// Begins a step; its number.
  func begin(_ tree: EligibilityTree) -> Int { begin(.tree(tree)) }

  func begin(_ subject: Subject) -> Int {
    steps.append(Step(subject: subject, depth: depth))
    depth += 1
    return steps.count - 1
  }

  func end(_ step: Int, isMet: Bool?) {
    steps[step].isMet = isMet
    depth -= 1
  }

  /// Notes what the step that began last looks at.
  func note(_ evidence: Evidence, holds: Bool) {
    steps[steps.count - 1].evidence.append((evidence, holds))
  }
}
