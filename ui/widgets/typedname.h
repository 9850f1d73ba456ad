// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <chrono>

namespace queuedeck::ui {

/// Remembers that the name of a connection was typed to allow a change, until the program had no
/// key and no click for a while. One for each open database, shared by its dialogs. GUI thread.
class TypedName : public QObject
{
    Q_OBJECT

public:
    /// `lasts`: without input; 0: a typed name allows one change only.
    explicit TypedName(std::chrono::milliseconds lasts, QObject* parent = nullptr);

    void typed();
    /// Whether it need not be typed again now.
    bool holds() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const std::chrono::milliseconds m_lasts;
    QElapsedTimer m_sinceInput; ///< invalid: not typed, or too long ago
};

} // namespace queuedeck::ui
