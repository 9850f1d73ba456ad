// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// False for what acts on a terminal or turns the text around it, takes no room, or is no character
/// at all: controls, marks of direction, joiners, tags, fillers, lone surrogates. White space is
/// seen by what it parts.
bool isHarmless(char32_t code);

/// The text with every such character made visible: a control as its picture (␛), others as an
/// escape (\u202E, \u{E0041}). Harmless text comes back as it was.
QString visibleText(const QString& text);
/// The same, but line ends and tabs stay: for text that has its own layout.
QString visibleLines(const QString& text);

} // namespace queuedeck::base
