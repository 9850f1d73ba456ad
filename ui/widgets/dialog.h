// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QHBoxLayout;
class QVBoxLayout;

namespace queuedeck::ui {

class Label;

/// The base of a small dialog: content, a hairline, and a foot with a note at its left and the
/// buttons at its right. Window-modal through open(); deletes itself when closed.
class Dialog : public QDialog
{
    Q_OBJECT

public:
    /// `name` is its object name.
    Dialog(const QString& name, const QString& title, QWidget* parent);

protected:
    QVBoxLayout* content() const { return m_content; }
    void setNote(const QString& note);
    /// At the right end of the foot; takes ownership.
    void addToFoot(QWidget* button);
    void addToFootLeft(QWidget* button);

private:
    QVBoxLayout* m_content;
    QHBoxLayout* m_foot;
    Label* m_note;
};

} // namespace queuedeck::ui
