// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"
#include "ui/widgets/theme.h"

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace queuedeck::ui {

/// What is known when the program starts without a connection.
struct FirstRunInfo
{
    QString databaseUrl;   ///< of the environment, its password hidden; empty = not set
    QString variable;      ///< that it came from: DATABASE_URL
    QString lastAddress;   ///< opened before, without a password; empty = none
    QStringList languages; ///< their own names; one = no choice is shown
    int language = 0;
    int sampleJobs = 200;
    int sampleCards = 12;
};

/// The first thing a person sees: three ways to begin. Fills the window's body.
class FirstRunPage : public Page
{
    Q_OBJECT
public:
    explicit FirstRunPage(const FirstRunInfo& info, QWidget* parent = nullptr);

Q_SIGNALS:
    void connectChosen();
    void sampleChosen();
    void emptyChosen();
    void surveyChosen();
    void lastChosen();
    void languageChosen(int index);
    void appearanceChosen(queuedeck::ui::ThemeChoice choice);
    void timesChosen(bool local);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QPushButton* addUrlLine(QVBoxLayout* column, const QString& words, const QString& url,
                            const QString& button);
    void addChoices(const FirstRunInfo& info, QVBoxLayout* column);
    QHBoxLayout* makeSettings(const FirstRunInfo& info);

    QWidget* m_first = nullptr; ///< the choice that has the focus at first
};

} // namespace queuedeck::ui
