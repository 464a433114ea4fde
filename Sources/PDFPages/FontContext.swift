import CPango

/// The installed fonts, as Pango sees them; kept from document to document, since reading them costs
/// more than a page.
@safe final class FontContext {
  /// Latin letters and digits from the first, Hangul from the second, the minus sign from the third;
  /// what none of them has comes from whatever installed font has it.
  private static let families = "Noto Sans, NanumGothic, Noto Sans Math"

  private let map: UnsafeMutablePointer<PangoFontMap>
  let context: OpaquePointer
  private let description: OpaquePointer
  /// The height of a line by look, above and below its baseline.
  private var heights: [Look: (above: Int, below: Int)] = [:]
  /// What all text of a look has.
  private var attributes: [Look: AttributeList] = [:]

  init() {
    guard let map = unsafe pango_cairo_font_map_new(),
      let context = unsafe pango_font_map_create_context(map),
      let description = unsafe pango_font_description_from_string(FontContext.families)
    else { preconditionFailure("Pango has no font map") }
    unsafe self.map = map
    unsafe self.context = context
    unsafe self.description = description
    // Positions are those of paper, not of a screen's pixels.
    unsafe pango_context_set_round_glyph_positions(context, 0)
    unsafe pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe pango_cairo_context_set_font_options(context, options)
    unsafe cairo_font_options_destroy(options)
  }

  deinit {
    unsafe pango_font_description_free(description)
    unsafe g_object_unref(UnsafeMutableRawPointer(context))
    unsafe g_object_unref(UnsafeMutableRawPointer(map))
  }

  /// Which forms of letters that languages share are taken.
  func setLanguage(_ tag: String) {
    unsafe pango_context_set_language(context, pango_language_from_string(tag))
  }

  /// Makes a layout of letters in a look.
  func setFont(of layout: OpaquePointer, _ look: Look) {
    unsafe pango_font_description_set_absolute_size(description, Double(look.size))
    unsafe pango_font_description_set_weight(
      description, look.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    unsafe pango_layout_set_font_description(layout, description)
  }

  /// How high a line of Latin letters is, which other lines of tables are, too: letters of other fonts
  /// have room in it, whatever those fonts say.
  func lineHeight(of look: Look) -> (above: Int, below: Int) {
    if let known = heights[look] { return known }
    let layout = TextLayout(self)
    layout.set("Ag", look, width: nil)
    let height = (layout.baseline, layout.size.height - layout.baseline)
    heights[look] = height
    return height
  }

  /// The attributes of whole texts in a look.
  func attributes(of look: Look) -> AttributeList {
    if let known = attributes[look] { return known }
    let list = AttributeList(look)
    attributes[look] = list
    return list
  }
}
