import Documents
import Domain
import ExactMoney

/// The way from opening to closing as bars, each where the one before ends.
struct BridgeChart {
  private let steps: [StatementBridgeStep]
  private let scale: BridgeScale

  private static let width = 320
  private static let rowHeight = 30

  /// - Returns: Nil where all is zero.
  init?(_ steps: [StatementBridgeStep]) {
    guard let scale = BridgeScale(steps) else { return nil }
    self.scale = scale
    self.steps = steps
  }

  /// Where a balance lies, in tenths of a unit of the picture.
  private func position(_ balance: Money) -> Int {
    scale.place(balance.minorUnits, width: BridgeChart.width * 10)
  }

  func write(to writer: inout HTMLWriter, _ words: HTMLWords, name: String, id: String) {
    let height = steps.count * BridgeChart.rowHeight
    // Pieces, since a text that is put together costs as much as ten that are copied.
    writer.raw("<svg class=\"chart\" viewBox=\"0 0 ")
    writer.number(BridgeChart.width)
    writer.raw(" ")
    writer.number(height)
    writer.raw("\" role=\"img\" aria-labelledby=\"")
    writer.raw(id)
    writer.raw("\"><title id=\"")
    writer.raw(id)
    writer.raw("\">")
    writer.text(words.texts.text(.chart, [.name: DisplayText.of(name)]))
    for (position, step) in steps.enumerated() {
      writer.raw(position == 0 ? ": " : ", ")
      writer.raw(words[step.kind.word])
      writer.raw(" ")
      words.format.appendAmount(step.amount, to: &writer.bytes)
    }
    writer.raw("</title>\n")
    let zero = position(Money.zero(steps[0].after.currency))
    writer.raw("<line class=\"axis\" x1=\"")
    writeTenths(zero, to: &writer)
    writer.raw("\" x2=\"")
    writeTenths(zero, to: &writer)
    writer.raw("\" y1=\"0\" y2=\"")
    writer.number(height)
    writer.raw("\"/>\n")
    for (row, step) in steps.enumerated() { writeBar(step, row, words, to: &writer) }
    writer.raw("</svg>")
  }

  private func writeBar(
    _ step: StatementBridgeStep, _ row: Int, _ words: HTMLWords, to writer: inout HTMLWriter
  ) {
    let (before, after) = (position(step.before), position(step.after))
    let start = min(before, after)
    let top = row * BridgeChart.rowHeight
    let kind =
      switch step.kind {
      case .opening, .closing: "whole"
      case .gross: "paid"
      case .earnings, .coop, .adjustments: step.amount.isNegative ? "minus" : "plus"
      }
    writer.raw("<text x=\"0\" y=\"")
    writer.number(top + 11)
    writer.raw("\">")
    writer.raw(words[step.kind.word])
    writer.raw("</text><rect class=\"")
    writer.raw(kind)
    writer.raw("\" x=\"")
    // What is too small to be seen is a line, also at the right edge.
    let width = max(max(before, after) - start, 10)
    writeTenths(min(start, BridgeChart.width * 10 - width), to: &writer)
    writer.raw("\" y=\"")
    writer.number(top + 16)
    writer.raw("\" height=\"9\" width=\"")
    writeTenths(width, to: &writer)
    writer.raw("\"/>\n")
  }

  private func writeTenths(_ tenths: Int, to writer: inout HTMLWriter) {
    writer.number(tenths / 10)
    guard tenths % 10 != 0 else { return }
    writer.raw(".")
    writer.number(tenths % 10)
  }
}
