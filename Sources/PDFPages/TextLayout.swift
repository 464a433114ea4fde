import CPango
import PrintBlocks

/// Text that Pango shapes and breaks into lines; one object serves one text after another.
@safe final class TextLayout {
  /// Where a line stands in its layout, in Pango units from the layout's top and left.
  struct Line {
    var index: Int
    var top: Int
    var bottom: Int
    var baseline: Int
    var x: Int
  }

  private let fonts: FontContext
  let pointer: OpaquePointer
  private(set) var look = Look.body
  private var font: Look?

  init(_ fonts: FontContext) {
    guard let pointer = unsafe pango_layout_new(fonts.context) else {
      preconditionFailure("Pango makes no layout")
    }
    self.fonts = fonts
    unsafe self.pointer = pointer
    unsafe pango_layout_set_wrap(pointer, PANGO_WRAP_WORD_CHAR)
    // Names are isolated where they are written; a line as a whole always goes from left to right.
    unsafe pango_layout_set_auto_dir(pointer, 0)
  }

  deinit {
    unsafe g_object_unref(UnsafeMutableRawPointer(pointer))
  }

  /// Takes a text.
  ///
  /// - Parameter width: In Pango units; nil = every line is as long as it is.
  func set(_ text: PrintText, _ look: Look, width: Int?, isRight: Bool = false) {
    set(text.runs.map { ($0.text, look.with($0.style)) }, look, width: width, isRight: isRight)
  }

  /// Takes a number, which stands to the right, in letters small enough that it need not be broken.
  func setWhole(_ text: PrintText, _ look: Look, width: Int) {
    set(text, look, width: nil)
    let natural = size.width
    let fitting = natural > width ? look.scaled(width, of: natural) : look
    set(text, fitting, width: width, isRight: true)
  }

  func set(_ text: String, _ look: Look, width: Int?, isRight: Bool = false) {
    set([(text, look)], look, width: width, isRight: isRight)
  }

  /// Takes a text of two looks, one behind the other.
  func set(_ text: String, _ look: Look, aside: String, width: Int) {
    let behind = aside.isEmpty ? [] : [(" " + aside, look.aside)]
    set([(text, look)] + behind, look, width: width, isRight: false)
  }

  private func set(
    _ pieces: [(text: String, look: Look)], _ look: Look, width: Int?, isRight: Bool
  ) {
    take(look, width: width, isRight: isRight)
    let attributes = AttributeList(copying: fonts.attributes(of: look))
    var all = ""
    for piece in pieces {
      let start = all.utf8.count
      all += DrawableText.of(piece.text)
      if piece.look != look { attributes.insert(piece.look, start..<all.utf8.count) }
    }
    for word in WordKeeping.words(of: all) { attributes.keepTogether(word) }
    unsafe pango_layout_set_text(pointer, all, -1)
    unsafe pango_layout_set_attributes(pointer, attributes.pointer)
  }

  /// Cuts what does not fit in one line.
  func setCut(_ isCut: Bool) {
    unsafe pango_layout_set_ellipsize(pointer, isCut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE)
  }

  private func take(_ look: Look, width: Int?, isRight: Bool) {
    self.look = look
    if font != look {
      unsafe fonts.setFont(of: pointer, look)
      font = look
    }
    unsafe pango_layout_set_width(pointer, width.map { Int32(clamping: max(0, $0)) } ?? -1)
    unsafe pango_layout_set_alignment(pointer, isRight ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT)
  }

  /// In Pango units.
  var size: (width: Int, height: Int) {
    var width: Int32 = 0
    var height: Int32 = 0
    unsafe pango_layout_get_size(pointer, &width, &height)
    return (Int(width), Int(height))
  }

  /// How far below the top the first line stands.
  var baseline: Int { Int(unsafe pango_layout_get_baseline(pointer)) }

  /// What it takes in a row of a table above and below its first baseline.
  var rowHeight: (above: Int, below: Int) {
    let height = fonts.lineHeight(of: look)
    guard unsafe pango_layout_get_line_count(pointer) > 1 else { return height }
    return (max(baseline, height.above), size.height - baseline)
  }

  /// Characters that no font has.
  var missingGlyphs: Int { Int(unsafe pango_layout_get_unknown_glyphs_count(pointer)) }

  var lines: [Line] {
    guard let iterator = unsafe pango_layout_get_iter(pointer) else { return [] }
    var lines: [Line] = []
    repeat {
      var extents = PangoRectangle()
      unsafe pango_layout_iter_get_line_extents(iterator, nil, &extents)
      lines.append(
        Line(
          index: lines.count, top: Int(extents.y), bottom: Int(extents.y + extents.height),
          baseline: Int(unsafe pango_layout_iter_get_baseline(iterator)), x: Int(extents.x)))
    } while unsafe pango_layout_iter_next_line(iterator) != 0
    unsafe pango_layout_iter_free(iterator)
    return lines
  }
}
