// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace queuedeck::domain {

/// A variable of an `.env` file.
struct EnvVariable
{
    QString name;
    QString value;
    int line = 0;        ///< from 1
    bool isWhole = true; ///< false: it refers to a variable that the file does not set
};

/// Reads an `.env` file as dotenv and Prisma do: `export`, comments, single and double quotes (in
/// these \n, \" and the like, and lines that go on), and ${OTHER} or $OTHER for what the file sets
/// earlier. Whatever cannot be read is passed over. Nothing of the environment gets in.
QVector<EnvVariable> parseEnvFile(const QString& text);

} // namespace queuedeck::domain
