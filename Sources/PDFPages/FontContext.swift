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
  /// What all text of a look has.
  private var attributes: [Look: OpaquePointer] = unsafe [:]

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
    for look in unsafe attributes.keys { unsafe pango_attr_list_unref(attributes[look]) }
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

  /// The attributes of whole texts in a look; the list stays ours.
  func attributes(of look: Look) -> OpaquePointer? {
    if let known = unsafe attributes[look] { return unsafe known }
    guard let list = unsafe pango_attr_list_new() else { return nil }
    // What is broken inside a word is mostly an id: a hyphen would look like a part of it.
    let all = unsafe FontContext.attributes(look) + [pango_attr_insert_hyphens_new(0)]
    for position in unsafe all.indices { unsafe pango_attr_list_insert(list, all[position]) }
    unsafe attributes[look] = list
    return unsafe list
  }

  /// New attributes for a text or a part of it.
  static func attributes(_ look: Look) -> [UnsafeMutablePointer<PangoAttribute>?] {
    let colour = look.colour
    return unsafe [
      pango_attr_size_new_absolute(Int32(look.size)),
      pango_attr_weight_new(look.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL),
      pango_attr_foreground_new(colour.red, colour.green, colour.blue),
    ]
  }
}
