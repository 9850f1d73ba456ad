// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace queuedeck::domain {

/// Whether `text` is one JSON value as RFC 8259 defines it, of any depth, except for two faults
/// that safeJson() repairs: raw control characters inside strings, and bytes that are not UTF-8.
bool isOneJsonValue(const QByteArray& text);

/// The document with the same meaning in a form that any program can read and no terminal acts on:
/// on one line, with numbers and key order unchanged, and with every character that is not
/// base::isHarmless() as \uXXXX. Bytes that are not UTF-8 become \ufffd.
QByteArray safeJson(const QByteArray& document);

} // namespace queuedeck::domain
