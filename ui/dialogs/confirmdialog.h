// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace queuedeck::ui {

class Label;

/// The frame of every question before a change: what is asked, room for the facts, a foot that says
/// that nothing has been changed yet, the safe button with the focus, and the one that acts. Window
/// modal by open(); Enter presses only the button that has the focus.
class ConfirmDialog : public QDialog
{
    Q_OBJECT

public:
    ConfirmDialog(const QString& title, const QString& question, QWidget* parent);

    QVBoxLayout* content() const { return m_content; }
    void setFoot(const QString& text);
    /// `isDangerous` colours the acting button.
    void setButtons(const QString& safe, const QString& act, bool isDangerous);
    QPushButton* actButton() const { return m_act; }
    QPushButton* safeButton() const { return m_safe; }

signals:
    void confirmed(); ///< the acting button; the dialog stays until somebody closes it

protected:
    void showEvent(QShowEvent* event) override;

private:
    QVBoxLayout* m_content;
    Label* m_foot;
    QPushButton* m_safe;
    QPushButton* m_act;
};

} // namespace queuedeck::ui
