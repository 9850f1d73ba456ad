// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/service/survey.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QScrollArea;

namespace queuedeck::ui {

class Strip;
class SurveyView;

/// Asks for a database address, looks what is there without changing anything, and lets a person
/// choose how to work with it. Tables are made only after that choice. Opening is up to the
/// program; what went wrong is shown here, and what was typed stays.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(QWidget* parent = nullptr);

    /// With an address to begin with; looks at once.
    void lookAt(const QString& address);
    void showError(const QString& line);

Q_SIGNALS:
    void openWanted(const QString& address, bool isReadOnly);

private:
    void chooseFile();
    void look();
    void looked(const base::Result<service::Survey>& survey);
    void forget();
    void useOther(const service::OtherQueue& queue);
    void fitHeight();
    void proceed();
    void want(bool isReadOnly);
    void showSql();
    void updateButtons();
    QString address() const;

    QLineEdit* m_address;
    SurveyView* m_survey;
    QScrollArea* m_scroll;
    Strip* m_strip;
    QPushButton* m_look;
    QPushButton* m_open;
    QPushButton* m_openReadOnly;
    bool m_hasLooked = false;
    bool m_mayOpen = false; ///< there is a table Job
    bool m_isBusy = false;
};

} // namespace queuedeck::ui
