// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/survey.h"
#include "ui/widgets/icon.h"

#include <QWidget>

class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace queuedeck::ui {

class Label;

/// "What is there": the findings about a database, one per line, and the choice of how to work with
/// it, if there is one. Inspecting it has changed nothing.
class SurveyView : public QWidget
{
    Q_OBJECT

public:
    explicit SurveyView(QWidget* parent = nullptr);

    /// `wantsTables`: the user came to create tables; preselected where possible.
    void show(const service::Survey& survey, bool wantsTables = false);
    void clear();
    /// Whether the user wants Queuedeck's own tables created before it opens.
    bool wantsTables() const;
    /// The button of the likeliest other queue; null if there is none.
    QWidget* firstOther() const { return m_firstOther; }

Q_SIGNALS:
    void choiceChanged();
    void sqlWanted();
    void otherWanted(const queuedeck::service::OtherQueue& queue);

private:
    void addLine(Icon icon, Color color, const QString& title, const QString& detail);
    void addOthers(const service::Survey& survey);
    void addChoice(const service::Survey& survey, bool wantsTables);
    QRadioButton* makeChoice(const QString& title, const QString& detail);

    QVBoxLayout* m_lines;
    Label* m_when;
    QRadioButton* m_create = nullptr;
    QPushButton* m_firstOther = nullptr;
};

} // namespace queuedeck::ui
