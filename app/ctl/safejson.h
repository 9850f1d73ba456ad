// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace queuedeck::ctl {

/// Whether `text` is one JSON value as RFC 8259 has it, but for two faults that safeJson() mends:
/// raw control characters inside strings, and bytes that are no UTF-8. Of any depth.
bool isOneJsonValue(const QByteArray& text);

/// A JSON document that any program reads and no terminal acts on, with the same meaning: on one
/// line, with its numbers and the order of its keys as they are, and with every character that is
/// not base::isHarmless() as \uXXXX. What is no UTF-8 becomes \ufffd.
QByteArray safeJson(const QByteArray& document);

} // namespace queuedeck::ctl
