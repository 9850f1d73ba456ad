// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>
#include <QTimer>

#include <chrono>

class QPushButton;
class QToolButton;

namespace queuedeck::ui {

class Label;

/// A short message at the bottom right of its parent that disappears after a while; it stays while
/// it is hovered or has the focus, Esc closes it, and it never takes the focus by itself. One per
/// page: a new text replaces the old one. Failures do not belong here (see Strip).
class Toast : public QFrame
{
    Q_OBJECT
public:
    /// What its icon says: done well, neutral, or failed.
    enum class Tone { Done, Plain, Bad };

    explicit Toast(QWidget* parent, std::chrono::milliseconds lifetime = std::chrono::seconds(10));

    /// `action` is the button's word ("Undo"); empty = none.
    void say(const QString& text, const QString& action = {}, Tone tone = Tone::Done);
    Tone tone() const { return m_tone; }
    QString text() const;
    QWidget* focusTarget() const; ///< where F6 goes

Q_SIGNALS:
    void actionPressed();
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    void dismiss();
    void holdOrRun();

    Label* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
    QTimer m_timer;
    Tone m_tone = Tone::Done;
    bool m_isHovered = false;
};

} // namespace queuedeck::ui
