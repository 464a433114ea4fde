/// Whether a period that is drawn may still change.
enum DraftState: String {
  case draft, final
}
