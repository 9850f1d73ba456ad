// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/service/survey.h"
#include "ui/widgets/strip.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QScrollArea;

namespace queuedeck::ui {

class SurveyView;

/// Asks for a database address, inspects the database without changing anything, and lets the user
/// choose how to work with it. Tables are created only after that choice. Opening is up to the
/// program; errors are shown here, and the input stays. A password is never shown: it has a field
/// of its own, and one in a pasted address is moved there.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(QWidget* parent = nullptr);

    /// Starts with an address and inspects it at once. `wantsTables`: creating them is preselected.
    void surveyAt(const QString& address, bool wantsTables = false);
    /// Puts the address into the form for the user to edit or accept.
    void offer(const QString& address);
    void showError(const QString& line);

Q_SIGNALS:
    void openWanted(const QString& address, bool isReadOnly);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void chooseFile();
    void readSurvey();
    void showSurvey(const base::Result<service::Survey>& survey);
    void forget();
    void takePassword();
    void setAddress(const QString& address);
    void useOther(const service::OtherQueue& queue);
    void fitHeight();
    void say(Strip::Kind kind, const QString& line);
    void proceed();
    void want(bool isReadOnly);
    void showSql();
    void updateButtons();
    QString address() const; ///< with the password

    QLineEdit* m_address;
    QLineEdit* m_password;
    SurveyView* m_survey;
    QScrollArea* m_scroll;
    Strip* m_strip;
    QPushButton* m_surveyButton;
    QPushButton* m_open;
    QPushButton* m_openReadOnly;
    qsizetype m_typed = 0; ///< length of the address before the last keystroke
    bool m_hasSurvey = false;
    bool m_mayOpen = false; ///< there is a table Job
    bool m_isBusy = false;
    bool m_wantsTables = false; ///< at this address
};

} // namespace queuedeck::ui
