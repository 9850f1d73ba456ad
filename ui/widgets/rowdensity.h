// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace queuedeck::ui {

/// How high the rows of tables are, in all windows of the program; remembered. Ctrl and the wheel
/// over a table change it. GUI thread.
class RowDensity : public QObject
{
    Q_OBJECT

public:
    enum Level { Compact, Normal, Roomy, Wide };

    static RowDensity& instance();

    Level level() const { return m_level; }
    void set(Level level);
    /// By one level, as far as there are any.
    void step(int by);
    int height() const; ///< of a row, in pixels

Q_SIGNALS:
    void changed();

private:
    RowDensity();

    Level m_level = Normal;
};

} // namespace queuedeck::ui
