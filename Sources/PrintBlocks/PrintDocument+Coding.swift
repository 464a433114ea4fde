/// A document as bytes, on its way from one program to the other.
extension PrintDocument {
  /// Goes up with every change of what the bytes mean: both programs must be of one build.
  private static let version: UInt8 = 1

  package var bytes: [UInt8] {
    var writer = PrintWriter()
    writer.write(PrintDocument.version)
    for text in [language, title, author, date, accent, footer] { writer.write(text) }
    writer.write(logo)
    letterhead.write(to: &writer)
    writer.write(blocks) { $0.write(to: &$1) }
    return writer.bytes
  }

  /// - Throws: ``PrintFault``.
  package init(_ bytes: [UInt8]) throws(PrintFault) {
    var reader = PrintReader(bytes)
    guard try reader.byte() == PrintDocument.version else { throw .otherVersion }
    language = try reader.text()
    title = try reader.text()
    author = try reader.text()
    date = try reader.text()
    accent = try reader.text()
    footer = try reader.text()
    logo = try reader.data()
    letterhead = try PrintText(from: &reader)
    blocks = try reader.list { (reader) throws(PrintFault) in try PrintBlock(from: &reader) }
    guard reader.isAtEnd else { throw .garbled }
  }
}

extension PrintBlock {
  private enum Kind: UInt8 {
    case heading, text, box, facts, table, charted, glossary
  }

  fileprivate func write(to writer: inout PrintWriter) {
    switch self {
    case .heading(let level, let text, let aside):
      writer.write(Kind.heading.rawValue)
      writer.write(level)
      writer.write(text)
      writer.write(aside)
    case .text(let text):
      writer.write(Kind.text.rawValue)
      text.write(to: &writer)
    case .box(let text):
      writer.write(Kind.box.rawValue)
      text.write(to: &writer)
    case .facts(let facts):
      writer.write(Kind.facts.rawValue)
      writer.write(facts) { $0.write(to: &$1) }
    case .table(let table):
      writer.write(Kind.table.rawValue)
      table.write(to: &writer)
    case .charted(let tables, let chart):
      writer.write(Kind.charted.rawValue)
      writer.write(tables) { $0.write(to: &$1) }
      writer.write(chart.map { [$0] } ?? []) { $0.write(to: &$1) }
    case .glossary(let facts):
      writer.write(Kind.glossary.rawValue)
      writer.write(facts) { $0.write(to: &$1) }
    }
  }

  fileprivate init(from reader: inout PrintReader) throws(PrintFault) {
    switch try reader.value(Kind.self) {
    case .heading:
      let level = try reader.byte()
      guard (1...3).contains(level) else { throw .garbled }
      self = .heading(level: level, text: try reader.text(), aside: try reader.text())
    case .text: self = .text(try PrintText(from: &reader))
    case .box: self = .box(try PrintText(from: &reader))
    case .facts: self = .facts(try PrintFact.list(from: &reader))
    case .table: self = .table(try PrintTable(from: &reader))
    case .charted:
      let tables = try reader.list { (reader) throws(PrintFault) in try PrintTable(from: &reader) }
      let charts = try reader.list { (reader) throws(PrintFault) in try PrintChart(from: &reader) }
      guard charts.count <= 1 else { throw .garbled }
      self = .charted(tables: tables, chart: charts.first)
    case .glossary: self = .glossary(try PrintFact.list(from: &reader))
    }
  }
}

extension PrintText {
  fileprivate func write(to writer: inout PrintWriter) {
    writer.write(runs) { run, writer in
      writer.write(run.style.rawValue)
      writer.write(run.text)
    }
  }

  fileprivate init(from reader: inout PrintReader) throws(PrintFault) {
    self.init(
      runs: try reader.list { (reader) throws(PrintFault) in
        let style = try reader.value(PrintStyle.self)
        return PrintRun(try reader.text(), style)
      })
  }
}

extension PrintFact {
  fileprivate func write(to writer: inout PrintWriter) {
    writer.write(name)
    writer.write(value)
  }

  fileprivate static func list(from reader: inout PrintReader) throws(PrintFault) -> [PrintFact] {
    try reader.list { (reader) throws(PrintFault) in
      let name = try reader.text()
      return PrintFact(name, try reader.text())
    }
  }
}

extension PrintTable {
  fileprivate func write(to writer: inout PrintWriter) {
    writer.write(caption)
    writer.write(Array(zip(columns, head))) { column, writer in
      writer.write(column.0.rawValue)
      writer.write(column.1)
    }
    writer.write(rows) { row, writer in
      writer.write(row.kind.rawValue)
      writer.write(row.cells) { $0.write(to: &$1) }
    }
  }

  fileprivate init(from reader: inout PrintReader) throws(PrintFault) {
    let caption = try reader.text()
    let columns = try reader.list { (reader) throws(PrintFault) in
      let column = try reader.value(Column.self)
      return (column, try reader.text())
    }
    guard !columns.isEmpty else { throw .garbled }
    self.init(columns: columns.map(\.0), head: columns.map(\.1))
    self.caption = caption
    rows = try reader.list { (reader) throws(PrintFault) in
      let kind = try reader.value(RowKind.self)
      let cells = try reader.list { (reader) throws(PrintFault) in
        try PrintText(from: &reader)
      }
      guard cells.count <= columns.count else { throw .garbled }
      return Row(cells, kind)
    }
  }
}

extension PrintChart {
  fileprivate func write(to writer: inout PrintWriter) {
    writer.write(zero)
    writer.write(bars) { bar, writer in
      writer.write(bar.label)
      writer.write(bar.kind.rawValue)
      writer.write(bar.from)
      writer.write(bar.to)
    }
  }

  fileprivate init(from reader: inout PrintReader) throws(PrintFault) {
    zero = try reader.number()
    bars = try reader.list { (reader) throws(PrintFault) in
      let label = try reader.text()
      let kind = try reader.value(Kind.self)
      let (from, to) = (try reader.number(), try reader.number())
      guard from <= to, to <= PrintChart.edge else { throw .garbled }
      return Bar(label: label, kind: kind, from: from, to: to)
    }
    guard zero <= PrintChart.edge else { throw .garbled }
  }
}
