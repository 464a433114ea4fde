import Domain

/// The partners and programs that rows may name.
struct RegistryNames {
  var partners = NameIndex()
  /// Whether all of `partners.csv` could be read, so that a partner that is not among them is
  /// unknown.
  var knowsAllPartners = false
  /// Programs by name and alias.
  var programs: NameIndex
  /// Whether every plan could be read, so that a program that is not among them is unknown.
  var knowsAllPrograms: Bool

  /// The partner of a row, by number.
  func partner(_ table: inout TableReader, _ column: Int) -> Int? {
    if let partner = table.find(column, in: partners) { return partner }
    guard knowsAllPartners, !table.isEmpty(column) else { return nil }
    table.report(
      .X908, column, "no partner has the participantId \(SafeText.shown(table.raw(column)))",
      remedy: "Correct the id, or add the partner to registry/partners.csv.")
    return nil
  }

  /// The program of a row, by number.
  func program(_ table: inout TableReader, _ column: Int) -> Int? {
    if let program = table.find(column, in: programs) { return program }
    if !table.isEmpty(column) { reportUnknown(&table, column) }
    return nil
  }

  /// The program of a row in which empty means all programs; nil where it is not known.
  func programOrAll(_ table: inout TableReader, _ column: Int) -> ProgramOrAll? {
    table.isEmpty(column) ? .all : program(&table, column).map { .program($0) }
  }

  private func reportUnknown(_ table: inout TableReader, _ column: Int) {
    // The name may be that of a plan that could not be read.
    guard knowsAllPrograms else { return }
    table.report(
      .X908, column, "no plan has the program or alias \(SafeText.shown(table.raw(column)))",
      remedy: "Correct the name, or add it to the aliases of the program's plan in plans/.")
  }
}

/// What a row is for.
enum ProgramOrAll {
  case all
  case program(Int)

  /// Nil = all programs.
  var number: Int? {
    switch self {
    case .all: nil
    case .program(let number): number
    }
  }
}
