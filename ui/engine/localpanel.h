// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/engine/enginechoices.h"
#include "ui/widgets/panel.h"

class QCheckBox;
class QGridLayout;
class QHBoxLayout;
class QPushButton;
class QSpinBox;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionButton;
class ActionSet;
class Label;

/// This computer's engine: whether it runs, what it has done, and its settings for this database.
/// Starting, stopping and stepping are the program's actions.
class LocalPanel : public Panel
{
    Q_OBJECT

public:
    LocalPanel(service::Session& session, const ActionSet& actions, QWidget* parent = nullptr);

    const EngineChoices& choices() const { return m_choices; }
    /// Whether the secondary actions show only their icons.
    void setNarrow(bool isNarrow);

Q_SIGNALS:
    void choicesChanged(const queuedeck::ui::EngineChoices& choices);

protected:
    void focusInEvent(QFocusEvent* event) override; ///< passes it on

private:
    QGridLayout* makeForm();
    void addRow(QGridLayout* form, const QString& text, QWidget* widget, const QString& note);
    void choose();
    void chooseTypes();
    void choosePictures();
    QHBoxLayout* chosenRow(Label* text, QPushButton* choose);
    void showPictures();
    void showClaude();
    void showState();
    void showTypes();

    service::Session& m_session;
    EngineChoices m_choices;
    ActionButton* m_step;
    ActionButton* m_process;
    Label* m_state;
    Label* m_done;
    Label* m_types;
    Label* m_problems;
    QPushButton* m_chooseTypes;
    Label* m_pictures;
    Label* m_claude; ///< hidden unless Claude is chosen
    QPushButton* m_choosePictures;
    QSpinBox* m_concurrency;
    QSpinBox* m_round;
    QSpinBox* m_stopAfter;
    QCheckBox* m_othersWork;
    int m_processed = 0;
    int m_failed = 0;
    int m_haltedAfter = 0; ///< failures in a row; 0: the last run did not stop by itself
};

} // namespace queuedeck::ui
