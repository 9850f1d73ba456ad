// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// False for anything that controls a terminal, reorders the text around it, is invisible, or is no
/// character at all: controls, direction marks, joiners, tags, fillers, lone surrogates. White
/// space counts as harmless: the gap shows.
bool isHarmless(char32_t code);

/// The text with every harmful character made visible: a control as its picture (␛), others as an
/// escape (\u202E, \u{E0041}). Harmless text is returned unchanged.
QString visibleText(const QString& text);
/// The same, but keeps line feeds and tabs: for text with its own layout.
QString visibleLines(const QString& text);

} // namespace queuedeck::base
