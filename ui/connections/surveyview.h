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

/// "What is there": what a look at a database found, a line a finding, and how to work with it
/// where that is a question. Nothing has been changed by looking.
class SurveyView : public QWidget
{
    Q_OBJECT

public:
    explicit SurveyView(QWidget* parent = nullptr);

    /// `wantsTables`: what the person came for, chosen where it is possible.
    void show(const service::Survey& survey, bool wantsTables = false);
    void clear();
    /// Whether the person wants tables of Queuedeck's own made before it opens.
    bool wantsTables() const;
    /// The button of the likeliest other queue, if there are such.
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
