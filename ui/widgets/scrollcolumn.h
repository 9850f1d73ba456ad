// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace queuedeck::ui {

/// A column that scrolls up and down instead of squeezing what is in it, without a frame or a
/// background of its own. It takes ownership of `content`, which is as wide as the column.
QScrollArea* makeScrollColumn(QWidget* content, QWidget* parent = nullptr);

} // namespace queuedeck::ui
