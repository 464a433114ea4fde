import CPango
import PrintBlocks

/// The pages of one PDF, as Cairo writes them.
@safe final class Canvas {
  /// Where Cairo puts the bytes.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  private let sink = Sink()
  private let surface: OpaquePointer
  private let cairo: OpaquePointer
  /// Characters that were drawn as boxes, since no font has them.
  private(set) var missingGlyphs = 0

  init(_ document: PrintDocument) {
    let surface = unsafe cairo_pdf_surface_create_for_stream(
      { sink, data, count in
        guard let sink = unsafe sink, let data = unsafe data else {
          return CAIRO_STATUS_WRITE_ERROR
        }
        let bytes = unsafe UnsafeBufferPointer(start: data, count: Int(count))
        unsafe Unmanaged<Sink>.fromOpaque(sink).takeUnretainedValue().bytes
          .append(contentsOf: bytes)
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque(), Geometry.points(Geometry.pageWidth),
      Geometry.points(Geometry.pageHeight))
    guard let surface = unsafe surface, let cairo = unsafe cairo_create(surface) else {
      preconditionFailure("Cairo makes no surface")
    }
    unsafe self.surface = surface
    unsafe self.cairo = cairo
    unsafe cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
    setMetadata(document)
  }

  deinit {
    unsafe cairo_destroy(cairo)
    unsafe cairo_surface_destroy(surface)
  }

  private func setMetadata(_ document: PrintDocument) {
    // Without a date Cairo would ask the clock.
    let made = document.date + "T00:00:00Z"
    for (key, text) in [
      (CAIRO_PDF_METADATA_TITLE, document.title), (CAIRO_PDF_METADATA_AUTHOR, document.author),
      (CAIRO_PDF_METADATA_CREATE_DATE, made), (CAIRO_PDF_METADATA_MOD_DATE, made),
    ] { unsafe cairo_pdf_surface_set_metadata(surface, key, DrawableText.of(text)) }
  }

  /// Ends the document.
  ///
  /// - Throws: ``PDFFault``.
  func finish() throws(PDFFault) -> [UInt8] {
    unsafe cairo_surface_finish(surface)
    for status in unsafe [cairo_status(cairo), cairo_surface_status(surface)]
    where status != CAIRO_STATUS_SUCCESS {
      throw PDFFault(unsafe String(cString: cairo_status_to_string(status)))
    }
    return sink.bytes
  }

  func showPage() { unsafe cairo_show_page(cairo) }

  // MARK: Drawing; all lengths are in Pango units from the page's top left corner.

  func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    set(colour)
    unsafe cairo_rectangle(
      cairo, Geometry.points(x), Geometry.points(y), Geometry.points(width),
      Geometry.points(height))
    unsafe cairo_fill(cairo)
  }

  func show(_ layout: TextLayout, x: Int, y: Int) {
    missingGlyphs += layout.missingGlyphs
    set(layout.look.colour)
    unsafe cairo_move_to(cairo, Geometry.points(x), Geometry.points(y))
    unsafe pango_cairo_show_layout(cairo, layout.pointer)
  }

  /// Shows one line of a layout.
  ///
  /// - Parameters:
  ///   - x: Of the layout's left edge.
  ///   - y: Of the line's top.
  func show(_ line: TextLayout.Line, of layout: TextLayout, x: Int, y: Int) {
    if line.index == 0 { missingGlyphs += layout.missingGlyphs }
    set(layout.look.colour)
    unsafe cairo_move_to(
      cairo, Geometry.points(x + line.x), Geometry.points(y + line.baseline - line.top))
    unsafe pango_cairo_show_layout_line(
      cairo, pango_layout_get_line_readonly(layout.pointer, Int32(line.index)))
  }

  /// Shows a picture with its top left corner at a place.
  func show(_ picture: Picture, x: Int, y: Int, height: Int) {
    let scale = Geometry.points(height) / Double(picture.height)
    unsafe cairo_save(cairo)
    unsafe cairo_translate(cairo, Geometry.points(x), Geometry.points(y))
    unsafe cairo_scale(cairo, scale, scale)
    unsafe cairo_set_source_surface(cairo, picture.surface, 0, 0)
    unsafe cairo_paint(cairo)
    unsafe cairo_restore(cairo)
  }

  private func set(_ colour: Colour) {
    let parts = [colour.red, colour.green, colour.blue].map { Double($0) / 65_535 }
    unsafe cairo_set_source_rgb(cairo, parts[0], parts[1], parts[2])
  }

  // MARK: Structure

  /// Says what the things drawn by `draw` are, for readers that do not see.
  func tag(_ name: String, _ draw: () -> Void) {
    unsafe cairo_tag_begin(cairo, name, nil)
    draw()
    unsafe cairo_tag_end(cairo, name)
  }

  func beginTag(_ name: String) { unsafe cairo_tag_begin(cairo, name, nil) }

  func endTag(_ name: String) { unsafe cairo_tag_end(cairo, name) }

  /// Puts a heading into the outline of the document.
  ///
  /// - Returns: The number by which entries below it name it.
  func addOutline(_ text: String, page: Int, y: Int, under parent: Int32) -> Int32 {
    unsafe cairo_pdf_surface_add_outline(
      surface, parent, DrawableText.of(text), "page=\(page) pos=[0 \(y / Geometry.point)]",
      CAIRO_PDF_OUTLINE_FLAG_OPEN)
  }
}
