import Domain

/// The keys of a table's rows, to find those that stand twice.
struct RowKeys {
  private struct Key: Hashable {
    var partner: Int32
    var program: Int32
    var day: Int32
    var name: Int32
  }

  private var lines: [Key: Int32] = [:]
  private var names = NameIndex()

  init(rowCount: Int) {
    lines.reserveCapacity(rowCount)
  }

  /// Notes a row's key, and reports a row that has the same.
  ///
  /// - Parameters:
  ///   - program: Nil = all programs.
  ///   - column: Where the finding stands.
  ///   - columns: What the key is, in words.
  mutating func add(
    _ table: inout TableReader, _ column: Int, _ columns: String, partner: Int = 0,
    program: Int? = nil, day: Day? = nil, name: String? = nil
  ) {
    let key = Key(
      partner: Int32(partner), program: Int32(program ?? -1), day: day?.number ?? Int32.min,
      name: name.map { number(of: $0) } ?? -1)
    let line = Int32(clamping: table.line)
    guard let first = lines.updateValue(line, forKey: key) else { return }
    lines[key] = first
    table.report(
      .X906, column, "line \(first) has the same \(columns)",
      remedy: "Remove one of the two rows, or correct what should differ.")
  }

  private mutating func number(of name: String) -> Int32 {
    if let number = names.find(name) { return Int32(number) }
    let number = names.count
    names.insert(name, number: number)
    return Int32(number)
  }
}
